"""The store when it dies, or the disk fills up, at each single system call: whole at the next opening, every time.

`test_archive` kills before each call of a store that has rows already. Here: a store without any, death in the midst
of a write, an exception from each call, death while the damage of the death before is being mended, a full disk.
"""

import errno
import os
import resource
import shutil
import signal
from contextlib import contextmanager, suppress

import pytest

from reform_figures.collecting.archive import Archive
from reform_figures.collecting.budget import Budget
from reform_figures.collecting.failures import LeftForAnotherDay
from reform_figures.tables import TableError

from .stores import assert_sound
from .test_archive import answer

TAKING = ("open", "mkdir", "write", "fsync", "replace", "chmod")
"""Calls that need room on the disk."""
GIVING = ("unlink", "ftruncate", "close", "stat", "fstat")


class Died(BaseException):
    """What no `except Exception` stops."""


def pages():
    return [answer(b"<p>%d</p>" % n * 20, url=f"http://portal.test/bai-{n}.html") for n in (1, 2)]


def store_pages(data, count=2):
    with Archive(data) as archive:
        for page in pages()[:count]:
            archive.store("s", "article", page)


@contextmanager
def at_call(number, names, fail):
    """In this block, `fail(name, real call, arguments)` stands for the `number`-th call of `os` among `names`; yields
    the names called so far. A write through a file object counts as "write"."""
    called, patch = [], pytest.MonkeyPatch()

    def counting(name, real):
        def call(*args, **keys):
            called.append(name)
            return fail(name, real, args) if len(called) == number else real(*args, **keys)

        return call

    real_fdopen = os.fdopen

    def fdopen(handle, mode):
        file = real_fdopen(handle, mode, buffering=0)
        return Opened(file, counting("write", file.write)) if "write" in names else file

    for name in names:
        patch.setattr(os, name, counting(name, getattr(os, name)))
    patch.setattr(os, "fdopen", fdopen)
    try:
        yield called
    finally:
        patch.undo()


class Opened:
    """A file whose `write` is ours."""

    def __init__(self, file, write):
        self._file, self.write = file, write

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self._file.close()

    def __getattr__(self, name):
        return getattr(self._file, name)


def die(name, real, args):
    os.kill(os.getpid(), signal.SIGKILL)


def die_in_the_midst(name, real, args):
    """Half of what was to be written is; any other call is made, and death comes right after it."""
    if name == "write":
        *handle, text = args
        real(*handle, text[: len(text) // 2])
    else:
        real(*args)
    os.kill(os.getpid(), signal.SIGKILL)


def die_by_exception(name, real, args):
    raise Died


def ends_at(number, fail, work):
    """Do `work` in a child that meets its end at the `number`-th call; False where it makes fewer calls."""
    pid = os.fork()
    if pid == 0:
        with suppress(BaseException), at_call(number, TAKING + GIVING, fail) as called:
            work()
        os._exit(0 if len(called) < number else 1)
    return os.waitpid(pid, 0)[1] != 0


@pytest.mark.parametrize("fail", [die, die_in_the_midst, die_by_exception])
def test_a_new_store_that_dies_at_any_call_opens_whole_and_goes_on(tmp_path, fail):
    number, rows_found = 1, set()
    while ends_at(number, fail, lambda number=number: store_pages(tmp_path / str(number))):
        data = tmp_path / str(number)
        with Archive(data):
            rows_found.add(len(assert_sound(data)))
        store_pages(data)
        assert len(assert_sound(data)) == 2
        number += 1
    assert number > 40
    assert rows_found == {0, 1, 2}


def disorder(data):
    """What opening the store has to mend, "" where there is nothing."""
    raw = data / "raw"
    found = [f"{path.name[:9]} {path.stat().st_size}" for path in raw.rglob("*") if path.is_file()]
    manifest = raw / "manifest.csv"
    torn = manifest.exists() and not manifest.read_bytes().endswith(b"\n")
    return " ".join(sorted(found)) if torn or (raw / ".pending.csv").exists() or any(raw.rglob("*.part")) else ""


def test_a_store_that_dies_again_while_it_is_mended_opens_whole(tmp_path):
    disorders, deaths, number = {""}, 0, 1
    while ends_at(number, die_in_the_midst, lambda number=number: store_pages(tmp_path / str(number), 1)):
        found = disorder(tmp_path / str(number))
        again, dead = 1, found not in disorders
        disorders.add(found)
        while dead:
            data = shutil.copytree(tmp_path / str(number), tmp_path / f"{number}-{again}")
            dead = ends_at(again, die_in_the_midst, lambda data=data: Archive(data))
            with Archive(data):
                assert_sound(data)
            store_pages(data, 1)
            assert len(assert_sound(data)) == 1
            deaths, again = deaths + dead, again + 1
        number += 1
    assert len(disorders) > 6
    assert deaths > 40


@pytest.mark.parametrize("for_good", [False, True], ids=["for a moment", "for the rest of the run"])
def test_a_disk_that_is_full_at_any_call_is_an_error_and_nothing_is_broken(tmp_path, for_good):
    number = 0
    while True:
        number += 1
        data, full = tmp_path / str(number), []

        def fail(name, real, args, full=full):
            full.append(name)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        with at_call(number, TAKING, fail) as called:
            if for_good:
                patch = pytest.MonkeyPatch()
                for name in TAKING:
                    counted = getattr(os, name)
                    patch.setattr(os, name, _full_after(counted, full))
            try:
                store_pages(data)
            except OSError as error:
                assert error.errno == errno.ENOSPC  # noqa: PT017
            else:
                assert set(full) <= {"mkdir"}  # of a folder that is there already; nothing else goes in silence
            finally:
                if for_good:
                    patch.undo()
        if len(called) < number:
            break
        with Archive(data):
            assert_sound(data)
        store_pages(data)
        assert len(assert_sound(data)) == 2
    assert number > 20


def _full_after(real, full):
    def call(*args, **keys):
        reading = len(args) > 1 and args[1] == os.O_RDONLY
        if full and not reading:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(*args, **keys)

    return call


def test_one_run_goes_on_when_the_disk_has_room_again(tmp_path):
    number = 0
    while True:
        number += 1
        data = tmp_path / str(number)

        def fail(name, real, args):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        with Archive(data) as archive:
            with at_call(number, TAKING, fail) as called, suppress(OSError):
                archive.store("s", "article", pages()[0])
            for page in pages():
                archive.store("s", "article", page)
            assert len(assert_sound(data)) == 2
        if len(called) < number:
            break
    assert number > 8


def test_a_file_that_may_grow_no_further_is_an_error_at_every_length(tmp_path):
    """The kernel itself ends the writes, in the midst of a row or a body (it has to be set free before asserting)."""
    usual, refused = resource.getrlimit(resource.RLIMIT_FSIZE), 0
    for limit in range(0, 1400, 19):
        data, error = tmp_path / str(limit), None
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, usual[1]))
        try:
            store_pages(data)
        except OSError as raised:
            error = raised
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, usual)
        if error:
            assert error.errno in (errno.EFBIG, errno.ENOSPC)
            refused += 1
        with Archive(data):
            assert len(assert_sound(data)) == 2 or error
        store_pages(data)
        assert len(assert_sound(data)) == 2
    assert 30 < refused < 73  # small limits are met, large ones are not


def test_a_pending_row_that_is_no_row_is_forgotten(tmp_path):
    store_pages(tmp_path)
    for damaged in (b"", b"\x00\x00\x00", b"s/a,article,too,few\n", b"\xff\xfe"):
        (tmp_path / "raw" / ".pending.csv").write_bytes(damaged)
        with Archive(tmp_path):
            assert len(assert_sound(tmp_path)) == 2


def test_the_requests_of_a_day_survive_death_at_any_call(tmp_path):
    def spend(folder):
        for _ in range(3):
            Budget(folder, 9).spend("http://portal.test/", "portal.test")

    number = 1
    while True:
        folder = tmp_path / str(number)
        folder.mkdir()
        if not ends_at(number, die_in_the_midst, lambda folder=folder: spend(folder)):
            break
        file = folder / ".requests.csv"
        before = int(file.read_text().rpartition(",")[2]) if file.exists() else 0
        for _ in range(9 - before):
            Budget(folder, 9).spend("http://portal.test/", "portal.test")
        with pytest.raises(LeftForAnotherDay, match=r"the 9 requests that portal\.test gets in a day are used up"):
            Budget(folder, 9).spend("http://portal.test/", "portal.test")
        number += 1
    assert number > 12


def test_a_file_of_requests_that_is_none_is_told(tmp_path):
    (tmp_path / ".requests.csv").write_text("2023-02-03,portal.test\n")
    with pytest.raises(TableError, match=r"\.requests\.csv should hold day,host,requests a line; correct or remove it"):
        Budget(tmp_path, 9).spend("http://portal.test/", "portal.test")
