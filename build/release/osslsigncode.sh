#!/bin/bash
# osslsigncode as --sign wants it: signs the file named last, in place, at the time of the commit.
#   dev.py installer --sign "build/release/osslsigncode.sh -certs chain.pem -key key.pem -h sha256"
set -e
file=${*: -1}
osslsigncode sign "${@:1:$#-1}" ${SOURCE_DATE_EPOCH:+-time "$SOURCE_DATE_EPOCH"} -in "$file" -out "$file.signed"
mv "$file.signed" "$file"
