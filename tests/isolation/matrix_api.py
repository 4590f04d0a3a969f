"""What to send where the API keeps the matrix."""

from __future__ import annotations

from typing import Any

API = "/api/v1/matrix"
SHEET = f"{API}/sheets/{{sheet_id:str}}"
SECTION, SUBSECTION = f"{SHEET}/sections/{{section_id:str}}", f"{SHEET}/subsections/{{subsection_id:str}}"
QUESTION = f"{API}/questions/{{question_id:str}}"
RESOURCE, SUGGESTION = f"{API}/resources/{{resource_id:str}}", f"{API}/suggestions/{{suggestion_id:str}}"
TEXT = {"question": "{tag}?", "subsection_id": "{subsection_id}"}
SENT: dict[str, dict[str, Any]] = {
    f"DELETE {QUESTION}": {},
    f"DELETE {QUESTION}/publication": {},
    f"DELETE {RESOURCE}": {},
    f"DELETE {SECTION}": {"params": {"into": "{elsewhere_id}"}},
    f"DELETE {SHEET}": {"params": {"into": "{elsewhere_id}"}},
    f"DELETE {SUBSECTION}": {"params": {"into": "{place_id}"}},
    f"PATCH {QUESTION}": {"json": {"hint": "Forged"}},
    f"PATCH {RESOURCE}": {"json": {"name": "Forged"}},
    f"PATCH {SECTION}": {"json": {"name": "Forged"}},
    f"PATCH {SHEET}": {"json": {"description": "Forged"}},
    f"PATCH {SUBSECTION}": {"json": {"name": "Forged"}},
    f"POST {API}/questions": {"json": TEXT},
    f"POST {API}/questions/changes": {"json": {"questions": ["{question_id}"], "grade": "junior"}},
    f"POST {API}/questions/states": {"json": {"questions": ["{question_id}"], "state": "trashed"}},
    f"POST {API}/resources": {"json": {"name": "Forged", "url": "https://{tag}.example/"}},
    f"POST {API}/resources/checks": {},
    f"POST {API}/resources/{{resource_id:str}}/checks": {},
    f"POST {API}/resources/merges": {"json": {"gone": "{resource_id}", "into": "none"}},
    f"POST {API}/sheets": {"json": {"name": "Forged"}},
    f"POST {API}/suggestions": {"json": {"question": "{tag}?"}},
    f"POST {QUESTION}/restoration": {},
    f"POST {QUESTION}/revisions/{{number:str}}/restoration": {},
    f"POST {SECTION}/subsections": {"json": {"name": "Forged"}},
    f"POST {SHEET}/merges": {"json": {"gone": "{section_id}", "into": "{other_section_id}"}},
    f"POST {SHEET}/sections": {"json": {"name": "Forged"}},
    f"POST {SUGGESTION}/acceptance": {"json": {"subsection_id": "{subsection_id}"}},
    f"POST {SUGGESTION}/rejection": {},
    f"PUT {API}/questions/order": {"params": {"subsection": "none"}, "json": {"order": []}},
    f"PUT {API}/settings": {"json": {"grades": [{"key": "forged", "name": "Forged"}]}},
    f"PUT {API}/sheets/order": {"json": {"order": ["{sheet_id}"]}},
    f"PUT {QUESTION}": {"json": TEXT},
    f"PUT {QUESTION}/publication": {},
    f"PUT {SECTION}/subsections/order": {"json": {"order": ["{place_id}", "{subsection_id}"]}},
    f"PUT {SHEET}": {"json": {"key": "{tag}", "name": "Forged"}},
    f"PUT {SHEET}/sections/order": {"json": {"order": ["{other_section_id}", "{section_id}"]}},
    f"PUT {SUBSECTION}/place": {"json": {"section_id": "{other_section_id}"}},
}
