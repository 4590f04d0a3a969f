// Healthy asks the object store beside it whether it can serve; the image has no HTTP client.
package main

import (
	"net/http"
	"os"
	"time"
)

func main() {
	client := http.Client{Timeout: 4 * time.Second}
	answer, err := client.Get("http://127.0.0.1:9000/minio/health/cluster")
	if err != nil || answer.StatusCode != http.StatusOK {
		os.Exit(1)
	}
}
