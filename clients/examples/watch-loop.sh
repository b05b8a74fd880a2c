#!/bin/sh
# Prints the number, date and title of every new directive, and goes on where it stopped.
#
# usage: watch-loop.sh [QUERY]
set -eu
query=${1:-kind:directive}
place=${XDG_STATE_HOME:-$HOME/.local/state}/danvan-directives.cursor
mkdir -p "$(dirname "$place")"

dvctl watch "$query" --from start --cursor-file "$place" --format ndjson |
while IFS= read -r event; do
  printf '%s' "$event" | python3 -c '
import json, sys
event = json.load(sys.stdin)
article = event.get("article") or {}
print(event["id"], article.get("date", "?"), article.get("title", ""), sep="\t")'
done
