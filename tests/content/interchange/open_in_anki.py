"""Import packages into a new collection with Anki's own code, and print what is there. Run in a process of its own."""

import json
import sys
from pathlib import Path

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

collection = Collection(str(Path(sys.argv[1]) / "collection.anki2"))
logs = []
for package in sys.argv[2:]:
    request = ImportAnkiPackageRequest(package_path=package, options=ImportAnkiPackageOptions(merge_notetypes=True))
    log = collection.import_anki_package(request).log
    logs.append({"new": len(log.new), "updated": len(log.updated), "conflicting": len(log.conflicting)})
notes = []
for note_id in collection.find_notes(""):
    note = collection.get_note(note_id)
    cards = note.cards()
    notes.append(
        {
            "type": note.note_type()["name"],
            "fields": dict(note.items()),
            "tags": note.tags,
            "guid": note.guid,
            "decks": [collection.decks.name(card.did) for card in cards],
            "questions": [card.question() for card in cards],
            "answers": [card.answer() for card in cards],
        }
    )
media = {path.name: path.read_bytes().hex() for path in Path(collection.media.dir()).iterdir()}
collection.close()
print(json.dumps({"logs": logs, "notes": notes, "media": media}))
