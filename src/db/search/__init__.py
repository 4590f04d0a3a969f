"""What searching texts has in common, whatever the texts are. Their tables have the columns `heading` and `search`."""
