#!/bin/sh
# Keep one open issue with a text: open it, or write the text anew; close it when the text is empty.
#
#   .github/one-issue.sh due.md
#
# Needs the forge's command gh, and GH_TOKEN and GH_REPO.
set -eu

text=$1
title="Reviews, figures and links that are due"
label=due

number=$(gh issue list --state open --label "$label" --limit 1 --json number --jq '.[].number')
if [ -s "$text" ] && [ -n "$number" ]; then
    gh issue edit "$number" --body-file "$text"
elif [ -s "$text" ]; then
    gh label create "$label" --force --description "Kept by a scheduled job"
    gh issue create --title "$title" --label "$label" --body-file "$text"
elif [ -n "$number" ]; then
    gh issue close "$number" --comment "Nothing is due any more."
fi
