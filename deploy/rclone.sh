#!/bin/sh
# Makes a bucket what the built site is: deploy/rclone.sh public remote:bucket
set -eu

hex='[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]'
fingerprinted="/assets/*-$hex$hex.{css,js,svg}"

# Files are told apart by their bytes. First come those whose names are made from their bytes, which may be kept for a year
# and which new pages need; then all others, for which browsers ask; at last what is no longer of the site is deleted.
rclone copy --checksum --verbose --include "$fingerprinted" \
  --header-upload 'Cache-Control: public, max-age=31536000, immutable' "$1" "$2"
rclone copy --checksum --verbose --exclude "$fingerprinted" \
  --header-upload 'Cache-Control: public, max-age=0, must-revalidate' "$1" "$2"
rclone sync --checksum --verbose "$1" "$2"
