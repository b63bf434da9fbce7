#!/bin/sh
# Ibid through curl: the events of an answer as they happen.
# Usage: examples/curl.sh "QUESTION" [SERVER]
question=${1:?Name a question.}
server=${2:-http://localhost:8787}

curl --silent --show-error --no-buffer "$server/v1/ask" \
  --header 'Content-Type: application/json' \
  --header 'Accept: text/event-stream' \
  --data "$(printf '%s' "$question" | sed 's/["\\]/\\&/g; s/.*/{"question": "&"}/')"
