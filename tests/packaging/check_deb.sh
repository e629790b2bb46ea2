#!/usr/bin/env bash
# What Debian's own tools say of the package: check_deb.sh PACKAGE.deb
#
# lintian finds no error, the desktop entry and the AppStream metadata are valid, the package is at most 60 MB, a deck
# is told from any other YAML file and opened by the program. Needs lintian, appstream, desktop-file-utils,
# shared-mime-info and libglib2.0-bin.
set -euo pipefail
deb=$(realpath "$1")
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT

size=$(stat -c %s "$deb")
[ "$size" -le 60000000 ] || { echo "the package has $size bytes, more than 60 MB"; exit 1; }

lintian --fail-on error --suppress-tags bad-distribution-in-changes-file "$deb"

dpkg-deb -x "$deb" "$root"
desktop-file-validate "$root/usr/share/applications/studyapp.desktop"
appstreamcli validate --no-net "$root/usr/share/metainfo/studyapp.metainfo.xml"

# Decks are told by what they hold, in a database of MIME types of our own.
data=$root/mime
mkdir -p "$data"
cp -r /usr/share/mime "$data/mime"
cp "$root/usr/share/mime/packages/studyapp-deck.xml" "$data/mime/packages/"
update-mime-database "$data/mime" 2> "$root/told"
kind() {
  XDG_DATA_HOME=$root/none XDG_DATA_DIRS=$data gio info -a standard::content-type "$1" | sed -n 's/.*content-type: //p'
}
expect() {
  [ "$(kind "$2")" = "$1" ] || { echo "$2 is taken for $(kind "$2"), not for $1"; exit 1; }
}
decks=0
for deck in "$root"/usr/lib/studyapp/_internal/decks/*.yaml; do
  grep -q '^deck: ' "$deck" || continue
  decks=$((decks + 1))
  expect application/x-studyapp-deck "$deck"
done
[ "$decks" -gt 0 ]
printf 'deck: mine\ntitle: Mine\n' > "$root/mine.yml"
expect application/x-studyapp-deck "$root/mine.yml"
printf 'services:\n  web:\n    image: x\n' > "$root/compose.yaml"
printf '# a comment\ncards: none\n' > "$root/notes.yaml"
for other in compose notes; do
  case $(kind "$root/$other.yaml") in
    application/yaml | application/x-yaml) ;;
    *) echo "$other.yaml is taken for $(kind "$root/$other.yaml")"; exit 1 ;;
  esac
done

# And a desktop opens them with the program.
cp -r "$root/usr/share/applications" "$data/"
update-desktop-database "$data/applications"
opener=$(PATH=$root/usr/bin:$PATH XDG_DATA_HOME=$root/none XDG_DATA_DIRS=$data gio mime application/x-studyapp-deck | sed -n 1p)
[[ $opener == *studyapp.desktop ]] || { echo "a deck is opened by: $opener"; exit 1; }

echo "$(basename "$deb"): $((size / 1000000)) MB, lintian without errors, $decks decks told from other YAML files"
