"""One batch by this process, by processes, and by a Dask cluster: the same bytes, and faults."""

from __future__ import annotations

import os
import pickle
import re
import shutil
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from clusters import Processes as Workers
from clusters import cluster, until
from running import ROOT, environment, tiny
from s3_server import BUCKET, Proxy

from audiocoach.batch import cluster as module
from audiocoach.batch.build import Outcome, build_all
from audiocoach.batch.child import Child
from audiocoach.batch.cluster import Cluster
from audiocoach.batch.crew import Crew, LostError
from audiocoach.batch.graph import Speak, Speaker
from audiocoach.batch.processes import Processes
from audiocoach.batch.variants import Variant, spread
from audiocoach.batch.work import SpeakWork, Spoke, do
from audiocoach.delivery.beside import wanted
from audiocoach.errors import (
    AudiocoachError,
    FitError,
    LackError,
    RoutineError,
    UsageError,
    VoiceError,
)
from audiocoach.listener import Listener
from audiocoach.settings.resolve import Options
from audiocoach.settings.surroundings import Surroundings
from audiocoach.store import Cache, open_cache
from audiocoach.timeline.script import Utterance
from audiocoach.voice.base import open_voice

pytestmark = pytest.mark.skipif(os.name != "posix", reason="shell scripts as voices, and signals")

OTHER = "title: Other\nlanguage: en\nexercises: [{name: heel raise, hold: 2s}]\n"
HUM = """#!/bin/sh
PATH=/bin:/usr/bin
cd '{folder}'
read -r text
echo "$text" >> said.log
{more}
exec cat hum.wav
"""


def program(folder: Path, more: str = "") -> str:
    """A voice that hums, and notes each text."""
    import wave

    import numpy as np

    with wave.open(str(folder / "hum.wav"), "wb") as out:
        out.setparams((1, 2, 16_000, 0, "NONE", ""))
        hum = 9000 * np.sin(2 * np.pi * 140 * np.arange(8000) / 16_000)
        out.writeframes(np.asarray(hum, "<i2").tobytes())
    path = folder / "hum"
    path.write_text(HUM.format(folder=folder, more=more))
    path.chmod(0o755)
    return f"command:{path}"


def said(folder: Path) -> list[str]:
    return (folder / "said.log").read_text().splitlines()


def around(cache: Path) -> Surroundings:
    return Surroundings(environment(cache))


def batch(folder: Path, name: str, voice: str) -> tuple[Variant, ...]:
    tiny(folder)
    (folder / "other.yaml").write_text(OTHER)
    sources = [str(folder / "tiny.yaml"), str(folder / "other.yaml")]
    options = Options(pace="slow,normal,brisk", voice=voice, offline=False)
    return spread(sources, options, folder / name, wanted("vtt,html", bundle=False))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def built(variants: tuple[Variant, ...], cache: Path, crew: Crew | None) -> tuple[Outcome, ...]:
    outcomes = build_all(variants, cache=Cache(cache), surroundings=around(cache), crew=crew)
    for outcome in outcomes:
        if isinstance(outcome, AudiocoachError):
            raise outcome
    return outcomes


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[Workers]:
    (tmp_path / "cluster").mkdir()
    with cluster(tmp_path / "cluster", tmp_path / "cache") as found:
        yield found


class Noticing(Listener):
    """Keeps what is noticed."""

    def __init__(self) -> None:
        self.noticed: list[str] = []

    def notice(self, line: str) -> bool:
        self.noticed.append(line)
        return True


def joined(workers: Workers, cache: Path, limit: float = 60) -> Cluster:
    return Cluster(workers.address, limit, Cache(cache), around(cache))


# -- the same bytes ----------------------------------------------------------------


def test_processes_write_what_this_process_does_and_say_each_text_once(tmp_path: Path) -> None:
    built(batch(tmp_path, "here", "espeak"), tmp_path / "alone", None)
    built(batch(tmp_path, "there", "espeak"), tmp_path / "cache", Processes(2, 60))
    assert contents(tmp_path / "there") == contents(tmp_path / "here")

    hum = program(tmp_path)
    built(batch(tmp_path, "hummed", hum), tmp_path / "cache", Processes(2, 60))
    assert set(Counter(said(tmp_path)).values()) == {1}


def test_a_cluster_writes_what_this_process_does_whatever_is_killed(
    workers: Workers, tmp_path: Path
) -> None:
    cache, voice = tmp_path / "cache", program(tmp_path)
    built(batch(tmp_path, "here", voice), tmp_path / "alone", None)
    (tmp_path / "said.log").unlink()
    built(batch(tmp_path, "there", voice), cache, joined(workers, cache))
    assert contents(tmp_path / "there") == contents(tmp_path / "here")
    assert set(Counter(said(tmp_path)).values()) == {1}

    texts = set(said(tmp_path))
    for name, harm in (("killed", lambda: workers.kill(0)), ("restarted", workers.restart)):
        (tmp_path / "said.log").unlink()
        slow = program(tmp_path, f"sleep 0.3 # {name}")  # another program: all is said anew
        assert slow == voice
        thread = threading.Thread(target=after, args=(tmp_path / "said.log", harm))
        thread.start()
        built(batch(tmp_path, name, voice), cache, joined(workers, cache))
        thread.join()
        assert contents(tmp_path / name) == contents(tmp_path / "here")
        assert set(said(tmp_path)) == texts
        assert Counter(said(tmp_path)).most_common(1)[0][1] <= 3


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="XDG_CACHE_HOME")
def test_a_cluster_shares_a_bucket(
    s3: Proxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What its workers say is in the bucket, and found there by one that has nothing near."""
    voice, address = program(tmp_path), f"s3://{BUCKET}/{tmp_path.name}"
    built(batch(tmp_path, "here", voice), tmp_path / "alone", None)
    (tmp_path / "said.log").unlink()
    (tmp_path / "cluster").mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "workers"))
    with cluster(tmp_path / "cluster", address) as workers:
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "client"))
        known = Surroundings(environment(address))
        crew = Cluster(workers.address, 60, open_cache(address), known)
        variants = batch(tmp_path, "there", voice)
        build_all(variants, cache=open_cache(address), surroundings=known, crew=crew)
    assert contents(tmp_path / "there") == contents(tmp_path / "here")
    assert set(Counter(said(tmp_path)).values()) == {1}

    (tmp_path / "said.log").unlink()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "a third one"))
    variants = batch(tmp_path, "again", voice)
    build_all(variants, cache=open_cache(address), surroundings=known)
    assert contents(tmp_path / "again") == contents(tmp_path / "here")
    assert not (tmp_path / "said.log").exists()


def after(path: Path, harm: Callable[[], object]) -> None:
    """Do harm soon after a file is there."""
    until(path)
    time.sleep(0.4)
    harm()


# -- what goes wrong ---------------------------------------------------------------


def test_what_can_be_no_cluster_is_told(tmp_path: Path, workers: Workers) -> None:
    cache = tmp_path / "another"
    with pytest.raises(LackError, match="has a different cache from this computer"):
        Cluster(workers.address, 60, Cache(cache), around(tmp_path / "cache"))
    with pytest.raises(UsageError, match=r"no scheduler answers at tcp://127\.0\.0\.1:1 "):
        Cluster("tcp://127.0.0.1:1", 60, Cache(cache), around(cache))


def test_a_worker_that_joins_with_another_cache_is_told(tmp_path: Path, workers: Workers) -> None:
    crew = joined(workers, tmp_path / "cache")
    try:
        assert crew.workers() == 2
        workers.workers.append(workers.worker(AUDIOCOACH_CACHE=str(tmp_path / "another")))
        workers.wait()
        with pytest.raises(LackError, match="has a different cache from this computer"):
            asked_for_ever(crew)
    finally:
        crew.close()


def asked_for_ever(crew: Cluster) -> None:
    while True:
        crew.workers()
        time.sleep(0.1)


def test_a_frozen_worker_is_told_and_holds_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does the other one give it a task back, which Dask calls stealing."""
    monkeypatch.setattr(module, "ANSWER", 1.0)
    cache, voice, listener = tmp_path / "cache", program(tmp_path), Noticing()
    variants = batch(tmp_path, "there", voice)[:2]
    (tmp_path / "cluster").mkdir()
    never = "3600s"
    with cluster(
        tmp_path / "cluster", cache, DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL=never
    ) as workers:
        os.killpg(workers.workers[0].pid, signal.SIGSTOP)
        crew = Cluster(workers.address, 60, Cache(cache), around(cache), listener)
        outcomes = build_all(variants, surroundings=around(cache), crew=crew)
    assert not [each for each in outcomes if isinstance(each, AudiocoachError)]
    assert any(
        re.fullmatch(r"warning: the worker tcp://\S+ does not answer; it gets .*", line)
        for line in listener.noticed
    )


def test_a_dashboard_is_named_where_there_is_one(workers: Workers, tmp_path: Path) -> None:
    """A scheduler names its address whether it has a dashboard or not; this one has none."""
    import dask

    crew = joined(workers, tmp_path / "cache")
    try:
        assert crew.dashboard == ""
        with ThreadingHTTPServer(("127.0.0.1", 0), SimpleHTTPRequestHandler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            link = f"http://127.0.0.1:{server.server_port}/"
            with dask.config.set({"distributed.dashboard.link": link}):
                assert crew.dashboard == link
            server.shutdown()
    finally:
        crew.close()


def test_a_full_store_damage_and_a_routine_that_fails_on_a_cluster(
    workers: Workers, tmp_path: Path
) -> None:
    cache, voice = tmp_path / "cache", program(tmp_path)
    (tmp_path / "broken.yaml").write_text("title: Broken\n")
    built(batch(tmp_path, "here", voice), tmp_path / "alone", None)
    broken = Variant("broken", str(tmp_path / "broken.yaml"), Options(), tmp_path / "x.mp3")

    def again(name: str) -> list[str]:
        """What is noticed; a session is what it is without a fault, and one can't be."""
        listener = Noticing()
        outcomes = build_all(
            (*batch(tmp_path, name, voice), broken),
            cache=Cache(cache),
            surroundings=around(cache),
            crew=joined(workers, cache),
            listener=listener,
        )
        failed = [outcome for outcome in outcomes if isinstance(outcome, AudiocoachError)]
        assert failed == [outcomes[-1]]
        assert isinstance(failed[0], RoutineError)
        assert contents(tmp_path / name) == contents(tmp_path / "here")
        return listener.noticed

    (cache / "v1").mkdir(parents=True, exist_ok=True)
    (cache / "v1/clip").write_bytes(b"no clip can be kept where a file is")
    told = [line for line in again("full") if line.startswith("warning: the cache in ")]
    assert len(told) == len(set(told)) > 0
    (cache / "v1/clip").unlink()
    assert not [line for line in again("kept") if line.startswith("warning: ")]
    for entry in (cache / "v1").glob("*/*/*"):
        content = bytearray(entry.read_bytes())
        content[-1] ^= 1
        entry.write_bytes(content)
    again("damaged")
    shutil.rmtree(tmp_path / "damaged")
    for entry in (cache / "v1").glob("*/*/*"):
        entry.write_bytes(entry.read_bytes()[:-1])
    again("damaged")


FULL = """\
import errno
import os

from audiocoach.store import folder

whole = folder.Folder._write


def size(path):
    try:
        return path.stat().st_size if path.is_file() else 0
    except OSError:  # another process renamed it
        return 0


def write(self, path, content):
    there = sum(map(size, self.root.rglob("*")))
    if there + len(content) > int(os.environ["ROOM"]):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    whole(self, path, content)


folder.Folder._write = write
"""
"""As if a disk had so much room; each Python that starts reads it."""


def test_a_store_that_fills_in_the_midst_costs_no_session(tmp_path: Path) -> None:
    cache, voice = tmp_path / "cache", program(tmp_path)
    built(batch(tmp_path, "here", voice), tmp_path / "alone", None)
    entries = [each.stat().st_size for each in (tmp_path / "alone").rglob("*") if each.is_file()]
    room = sum(entries) // 2
    for name in ("cluster", "patched"):
        (tmp_path / name).mkdir()
    (tmp_path / "patched/sitecustomize.py").write_text(FULL)
    python = os.pathsep.join((str(tmp_path / "patched"), str(ROOT)))
    with cluster(tmp_path / "cluster", cache, PYTHONPATH=python, ROOM=str(room)) as workers:
        listener = Noticing()
        outcomes = build_all(
            batch(tmp_path, "there", voice),
            surroundings=around(cache),
            crew=joined(workers, cache),
            listener=listener,
        )
    assert not [each for each in outcomes if isinstance(each, AudiocoachError)]
    assert contents(tmp_path / "there") == contents(tmp_path / "here")
    (told,) = listener.noticed
    assert told.startswith(f"warning: the cache in {cache} cannot be written (No space left on ")
    kept = [each.stat().st_size for each in cache.rglob("*") if each.is_file()]
    assert room / 2 < sum(kept) < sum(entries)  # it was not full at first
    built(batch(tmp_path, "again", voice), cache, None)
    assert contents(tmp_path / "again") == contents(tmp_path / "here")


def test_two_batches_of_an_online_voice_never_ask_at_once(tmp_path: Path, workers: Workers) -> None:
    """A program is online unless the config denies it; a service has a limit on what is asked."""
    alone = "mkdir busy || exit 9; sleep 0.02; rmdir busy"
    config = tmp_path / "config.toml"
    program(tmp_path, alone)
    config.write_text(
        f'[voices.hum]\ncommand = ["{tmp_path / "hum"}"]\nat_once = 1\n', encoding="utf-8"
    )
    cache = tmp_path / "cache"
    variants = batch(tmp_path, "all", "command:hum")
    known = Surroundings({**environment(cache), "AUDIOCOACH_CONFIG": str(config)})

    def build(part: tuple[Variant, ...]) -> tuple[Outcome, ...]:
        crew = Cluster(workers.address, 60, Cache(cache), known)
        return build_all(part, cache=Cache(cache), surroundings=known, crew=crew)

    with ThreadPoolExecutor(2) as pool:
        for outcomes in pool.map(build, (variants[:3], variants[3:])):
            assert not [each for each in outcomes if isinstance(each, AudiocoachError)]


def test_a_text_that_ends_its_process_is_one_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    voice = program(tmp_path, 'case "$text" in *Tiny*) kill -9 $PPID ;; esac')
    variants = batch(tmp_path, "all", voice)
    outcomes = build_all(
        variants,
        cache=Cache(tmp_path / "cache"),
        surroundings=around(tmp_path / "cache"),
        crew=Processes(2, 60),
    )
    failed = [isinstance(each, VoiceError) for each in outcomes]
    assert failed == [each.name.startswith("tiny") for each in variants]
    assert str(outcomes[0]).startswith("it ended its process, 3 times; see the log")
    others = Counter(text for text in said(tmp_path) if "Tiny" not in text)
    assert others.most_common(1)[0][1] <= 3


def test_what_takes_too_long_is_ended_with_all_it_started(tmp_path: Path) -> None:
    voice = program(tmp_path, "echo $$ > pid; exec sleep 300")
    known = around(tmp_path / "cache")
    opened = open_voice(
        voice, language="en", rate=1, cache=Cache(tmp_path / "cache"), surroundings=known
    )
    speaker = Speaker(opened.name, "en", 1, opened.fingerprint)
    child = Child()
    began = time.monotonic()
    with pytest.raises(LostError, match="it took more than 4 s"):
        child.ask(SpeakWork(Speak(speaker, (Utterance("One.", "en"),)), known.carried()), 4)
    assert time.monotonic() - began < 60
    pid = int((tmp_path / "pid").read_text())
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    child.close()


def test_a_worker_of_another_version_says_nothing(tmp_path: Path) -> None:
    known = around(tmp_path / "cache")
    task = Speak(Speaker("espeak:en-us", "en", 1, "?"), (Utterance("One.", "en"),))
    for work, told in (
        (SpeakWork(task, known, version="9"), "a worker has audiocoach"),
        (SpeakWork(task, known), "espeak:en-us sounds different on a worker"),
    ):
        spoke = do(work, Cache(tmp_path / "cache"))
        assert isinstance(spoke, Spoke)
        assert told in str(spoke.said.mute)
        assert not spoke.said.spoken


@pytest.mark.parametrize("kind", AudiocoachError.__subclasses__())
def test_an_error_is_whole_in_another_process(kind: type[AudiocoachError]) -> None:
    arguments = (1, 2, 3, 4) if kind is FitError else ("what",)
    error = kind(*arguments)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert (type(again), str(again), vars(again)) == (kind, str(error), vars(error))
