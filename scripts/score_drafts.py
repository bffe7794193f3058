"""Score the drafts of labelled texts: scripts/score_drafts.py FOLDER [-v]

FOLDER holds texts and labels (NN-name.txt, NN-name.json), and beside or above it is the
`score.py` that compares them; docs/drafting.md says what is counted. Prints that score by field,
and how many exercises the routine format holds without loss.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from audiocoach.routine.draft.labels import labels
from audiocoach.routine.draft.reading import language_of, read
from audiocoach.routine.draft.sources import article_text
from audiocoach.routine.draft.writing import write

LOSS = re.compile(
    r"could not be written|where does it belong|how is it to be written|the format has one number"
    r"|not in the text|how many sets\?"
)
"""What a draft says of something that the format has no room for."""


def main(arguments: list[str]) -> int:
    """Score the drafts of a folder."""
    folders = [Path(each) for each in arguments if not each.startswith("-")]
    if len(folders) != 1 or not folders[0].is_dir():
        sys.stderr.write(__doc__ or "")
        return 2
    folder = folders[0].resolve()
    scorer = next(
        (up / "score.py" for up in (folder, *folder.parents) if (up / "score.py").exists()), None
    )
    if scorer is None:
        sys.stderr.write(f"there is no score.py in {folder} or above it\n")
        return 2
    with TemporaryDirectory() as made:
        kept, every = _drafts(folder, Path(made))
        more = [each for each in arguments if each.startswith("-")]
        command = [sys.executable, str(scorer), made, str(folder), *more]
        code = subprocess.run(command, check=False).returncode
    share = 100 * kept / max(every, 1)
    sys.stdout.write(f"held without loss: {kept} of {every} exercises ({share:.0f} %)\n")
    return code


def _drafts(folder: Path, made: Path) -> tuple[int, int]:
    """Write the labels of each text; gives how many exercises lose nothing, and of how many."""
    kept = every = 0
    for path in sorted(folder.glob("*.txt")):
        text = article_text(path.read_bytes(), path.name)
        draft = read(text, language_of(text) or "en")
        answer = json.dumps(labels(draft), ensure_ascii=False)
        (made / f"{path.stem}.json").write_text(answer, encoding="utf-8")
        if draft.exercises:
            parts = re.split(r"(?m)^ +- name: ", write(draft).text)[1:]
            parts = [part for part in parts if not re.search(r"(?m)^ +exercises:$", part)]
            every += len(parts)
            kept += sum(not LOSS.search(part) for part in parts)
    return kept, every


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
