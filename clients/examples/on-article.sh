#!/bin/sh
# What danvan-on-article.service runs for each article: the event is on standard input and in DANVAN_*.
# Exit with 0 when it has been dealt with; anything else runs it again.
set -eu
case $DANVAN_EVENT in
  added | updated) logger -t danvan "$DANVAN_EVENT $DANVAN_ID: $DANVAN_TITLE ($DANVAN_URL)" ;;
esac
