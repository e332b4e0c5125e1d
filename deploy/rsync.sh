#!/bin/sh
# Makes a folder on a server what the built site is: deploy/rsync.sh public user@host:/var/www/models
set -eu

# Files are told apart by their bytes, so it does not matter where and when the site was built, and what is the same keeps
# its time on the server, from which servers make the ETag. New files take their places together at the end; what is no
# longer of the site is removed after that.
exec rsync --recursive --perms --chmod=D755,F644 --checksum --delay-updates --delete-after --itemize-changes \
  "${1%/}/" "${2%/}/"
