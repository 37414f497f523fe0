"""What a build does, step by step: files, parts, plans, vectors, and the corpus put in its place."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kgplan.building.earlier import Earlier
from kgplan.building.imported import imported, is_rdf
from kgplan.building.parts import VECTORS, Make, Part, plan_bytes, write_part, write_whole
from kgplan.building.report import BuildReport, Failure
from kgplan.building.sources import files_in
from kgplan.building.workers import attempt_all
from kgplan.building.workplace import Workplace
from kgplan.building.write import Content, write_corpus
from kgplan.errors import CorpusError, KgplanError, NotAPlanError, ReadError, StaleCorpusError, UnknownPlanError
from kgplan.manifest import MANIFEST
from kgplan.model import Plan
from kgplan.parsing.changes import read_changes
from kgplan.rdf.vocabulary import DEFAULT_BASE
from kgplan.retrieval.encoders import Encoder, get_encoder
from kgplan.retrieval.passages import passages
from kgplan.retrieval.vectors import PassageVectors, write_keys

Progress = Callable[[str, int, int], None]
"""Called with the stage (parse, index, graph, topics), how much of it is done, and how much there is."""

WORKERS = 2


def build(
    sources: Sequence[Path],
    out: Path,
    *,
    model: str | None = None,
    base: str | None = None,
    add: bool = False,
    strict: bool = False,
    workers: int = WORKERS,
    changes: Path | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Build the corpus of ``sources`` (files, and folders of files) into ``out``, replacing a corpus that is there.

    A file that is RDF by its name gives the plans that were exported into it (:mod:`kgplan.building.imported`).

    What is unchanged in that corpus is taken over, not made again. With ``add``, its other plans stay, and its model
    and base hold. A file that cannot be used is left out and named in the report, or, when ``strict`` or when no file
    can be used, ends the build. ``workers`` processes read files at once. The corpus is made in a folder beside
    ``out`` that then takes its place, so that a build that stops leaves ``out`` as it was; the next one goes on from
    what the stopped one had read and encoded. ``changes`` is a file that tells what became of agencies, beside what
    kgplan knows (:mod:`kgplan.parsing.changes`).

    Raises:
        ReadError, NotAPlanError: the only file, or with ``strict`` the first bad one, or the file of changes, cannot
            be used.
        CorpusError: no file can be used, two files give plans of one id, or ``out`` cannot be written, holds
            something else, is being built by another process, or, with ``add``, is no corpus that plans can be added
            to.
        EncoderError: the model cannot be used.
    """
    report = progress or _silent
    place = Workplace(out.resolve())
    _check_target(out)
    files = files_in(sources, without=out)
    told = read_changes(changes) if changes else None
    try:
        with place.opened():
            earlier = Earlier(out) if add else Earlier.find(out)
            if add and earlier is not None:
                base, model, told = base or earlier.base, model or earlier.encoder, told or earlier.changes
            make = Make.here(base or DEFAULT_BASE, told)
            encoder = get_encoder(model)
            if add and earlier is not None:
                _check_extends(earlier, make, encoder)
            _ = encoder.fingerprint  # a model that cannot be loaded is told before files are read
            usable = earlier if earlier and earlier.made_by(make) and earlier.intact else None
            rdf = [path for path in files if is_rdf(path)]
            documents = [path for path in files if not is_rdf(path)]
            read, failed = _read(documents, usable, place.folder, make, workers, report)
            for path in rdf:
                try:
                    read += [_import(plan, path, usable, place.folder, make) for plan in imported(path)]
                except KgplanError as error:
                    failed.append(Failure.of(path, error))
            _check_failures(failed, len(files), strict=strict)
            plans = _distinct(read)
            kept = [i for i in (earlier.entries if earlier and add else ()) if i not in plans]
            for plan_id in kept:
                assert earlier is not None
                plans[plan_id] = _Read(
                    earlier.plan_file(plan_id), earlier.plan(plan_id), None, earlier.imported(plan_id)
                )
            _finish(plans, place, earlier, make, encoder, report, same=usable is not None)
    except OSError as error:
        raise _cannot_write(out, error) from error
    return _report(plans, earlier, failed)


def remove(plan_ids: Sequence[str], out: Path, *, progress: Progress | None = None) -> BuildReport:
    """Take plans out of the corpus ``out``, which is then what a build of the others would have written.

    Raises:
        UnknownPlanError: the corpus holds no plan of such an id.
        CorpusError: ``out`` is no corpus that this kgplan built as it would now, no plan would be left, or it cannot
            be written.
    """
    place = Workplace(out.resolve())
    try:
        with place.opened():
            earlier = Earlier(out)
            unknown = [i for i in plan_ids if i not in earlier.entries]
            if unknown:
                raise UnknownPlanError(f"no plan {', '.join(unknown)} in {out}; it holds: {', '.join(earlier.entries)}")
            left = [i for i in earlier.entries if i not in plan_ids]
            if not left:
                raise CorpusError(f"{out} would hold no plan any more; delete the folder instead")
            make, encoder = Make.here(earlier.base, earlier.changes), get_encoder(earlier.encoder)
            _check_extends(earlier, make, encoder)
            plans = {i: _Read(earlier.plan_file(i), earlier.plan(i), None, earlier.imported(i)) for i in left}
            _finish(plans, place, earlier, make, encoder, progress or _silent, same=True)
    except OSError as error:
        raise _cannot_write(out, error) from error
    return _report(plans, earlier, [])


@dataclass(frozen=True, slots=True)
class _Read:
    """A plan, the file it comes from, and its part; no part when it stands in the earlier corpus as it is."""

    source: Path
    plan: Plan
    part: Part | None
    imported: bool = False


def _read(
    files: Sequence[Path], earlier: Earlier | None, folder: Path, make: Make, workers: int, report: Progress
) -> tuple[list[_Read], list[Failure]]:
    """The plans of ``files`` and the files that give none, both in the order of ``files``.

    ``earlier`` is a corpus whose plans can be taken over.
    """
    from kgplan.reading.sources import load

    found: dict[Path, _Read | Failure] = {}
    for path in files:
        try:
            sha256 = hashlib.sha256(load(path)).hexdigest()
        except ReadError as error:
            found[path] = Failure.of(path, error)
            continue
        kept = earlier.of_file(sha256, path.name) if earlier else None
        part = Part(folder, make.stem(sha256, path.name))
        if earlier and kept is not None:
            found[path] = _Read(path, earlier.plan(kept), None)
        elif part.plan is not None and part.quads.is_file():
            found[path] = _Read(path, part.plan, part)
    todo = [path for path in files if path not in found]
    ready = len(files) - len(todo)
    report("parse", ready, len(files))
    outcomes = attempt_all(
        todo, folder, make, workers=workers, report=lambda done: report("parse", ready + done, len(files))
    )
    for path, outcome in zip(todo, outcomes, strict=True):
        made = Part(folder, outcome.stem) if outcome.stem else None
        if outcome.failure is not None:
            found[path] = outcome.failure
        elif made is not None and made.plan is not None:
            found[path] = _Read(path, made.plan, made)
        else:
            raise OSError(None, f"what was made of {path} cannot be read back")
    results = [found[path] for path in files]
    return [r for r in results if isinstance(r, _Read)], [r for r in results if isinstance(r, Failure)]


def _import(plan: Plan, path: Path, earlier: Earlier | None, folder: Path, make: Make) -> _Read:
    """A plan out of RDF, and its part, unless it stands in ``earlier``, a corpus whose plans can be taken over.

    Raises OSError when the part cannot be written.
    """
    content = plan_bytes(plan)
    if earlier and earlier.imported(plan.id) and earlier.plan_file(plan.id).read_bytes() == content:
        return _Read(path, plan, None, imported=True)
    sha256 = hashlib.sha256(content).hexdigest()
    return _Read(path, plan, write_part(plan, Part(folder, make.stem(sha256, path.name)), make), imported=True)


def _finish(
    plans: dict[str, _Read],
    place: Workplace,
    earlier: Earlier | None,
    make: Make,
    encoder: Encoder,
    report: Progress,
    *,
    same: bool,
) -> None:
    """Encode what is new and put the new corpus in its place, unless it would be just what stands there.

    ``same`` tells whether ``earlier`` was made as this corpus is, so that its graph can be taken over.
    """
    ordered = {plan_id: plans[plan_id] for plan_id in sorted(plans)}
    taken = [plan_id for plan_id, read in ordered.items() if read.part is None]
    if (
        earlier
        and same
        and list(ordered) == taken == sorted(earlier.entries)
        and earlier.fingerprint == encoder.fingerprint
    ):
        return
    vectors = PassageVectors(encoder)
    if earlier:
        earlier.give_vectors(vectors)
    _encode([read.plan for read in ordered.values()], vectors, place.folder, report)
    content = Content(
        plans=[read.plan for read in ordered.values()],
        parts=[read.part.quads for read in ordered.values() if read.part],
        earlier=earlier if earlier and earlier.intact else None,
        taken=taken,
        imported=frozenset(plan_id for plan_id, read in ordered.items() if read.imported),
    )
    report("graph", 0, 1)
    write_corpus(content, place, make, vectors, report)
    report("graph", 1, 1)
    place.swap()


def _encode(plans: Sequence[Plan], vectors: PassageVectors, folder: Path, report: Progress) -> None:
    """Let ``vectors`` know all passages of ``plans``; those of each plan are kept in ``folder`` once they are made."""
    new = [found for found in map(passages, plans) if vectors.missing(found)]
    done, total = 0, vectors.missing([passage for found in new for passage in found])
    for found in new:
        missing = vectors.missing(found)
        name = hashlib.sha256(vectors.encoder.fingerprint.encode() + write_keys(found)).hexdigest()
        path = folder / (name + VECTORS)
        if missing and not vectors.load(path):
            vectors.encode(found, partial(_count, report, done, total))
            write_whole(path, partial(vectors.save, passages=found))
        done += missing
        report("index", done, total)


def _count(report: Progress, before: int, total: int, now: int, _all: int) -> None:
    """Pass on how far the encoding of one plan has got, after ``before`` passages of others."""
    report("index", before + now, total)


def _distinct(read: Sequence[_Read]) -> dict[str, _Read]:
    """The plans by id. Raises CorpusError when two files give one id."""
    found: dict[str, _Read] = {}
    for one in read:
        other = found.setdefault(one.plan.id, one)
        if other is not one:
            raise CorpusError(
                f"{other.source} and {one.source} give one plan id, {one.plan.id}; the id follows the file's name: "
                "rename one of the files, or leave one out"
            )
    return found


def _check_target(out: Path) -> None:
    if out.is_file():
        raise CorpusError(f"{out} is a file; choose a folder with -o")
    if out.is_dir() and any(out.iterdir()) and not (out / MANIFEST).is_file():
        raise CorpusError(f"{out} holds other files and no corpus; choose an empty or a new folder with -o")


def _check_extends(earlier: Earlier, make: Make, encoder: Encoder) -> None:
    """Raise CorpusError unless plans made now can stand beside those of ``earlier``."""
    out = earlier.directory
    if earlier.fingerprint != encoder.fingerprint:
        raise CorpusError(
            f"{out} was built with the model {earlier.encoder}, not {encoder.name}; "
            "use that model, or build the corpus again from all its files"
        )
    if earlier.base != make.base:
        raise CorpusError(f"{out} was built with the base {earlier.base}, not {make.base}; use that base")
    if not earlier.made_by(make):
        raise StaleCorpusError(
            f"{out} was built by another version of kgplan or of its data; "
            f"build it again from all its files: kgplan build FILES -o {out}"
        )
    if not earlier.intact:
        raise CorpusError(f"{out} is broken: a file was changed; build it again from all its files: kgplan build")


def _check_failures(failed: Sequence[Failure], files: int, *, strict: bool) -> None:
    """Raise the error of the first failure when it ends the build."""
    if not failed or (len(failed) < files and not strict):
        return
    first = failed[0]
    kinds: dict[str, type[KgplanError]] = {"ReadError": ReadError, "NotAPlanError": NotAPlanError}
    kind = kinds.get(first.kind, CorpusError)
    if len(failed) == 1:
        raise kind(
            f"{first}" if files == 1 else f"{first} (the other {files - 1} files can be used; nothing was built)"
        )
    what = f"none of the {files} files" if len(failed) == files else f"{len(failed)} of the {files} files cannot"
    verb = " can" if len(failed) == files else ""
    others = f"; {failed[1].source}" if len(failed) == 2 else f"; and {len(failed) - 1} more"
    raise kind(f"{what}{verb} be used: {first}{others}")


def _report(plans: dict[str, _Read], earlier: Earlier | None, failed: Sequence[Failure]) -> BuildReport:
    before = set(earlier.entries) if earlier else set()
    made = {plan_id for plan_id, read in plans.items() if read.part is not None}
    return BuildReport(
        added=tuple(sorted(made - before)),
        replaced=tuple(sorted(made & before)),
        unchanged=tuple(sorted(plans.keys() - made)),
        removed=tuple(sorted(before - plans.keys())),
        failed=tuple(failed),
    )


def _cannot_write(out: Path, error: OSError) -> CorpusError:
    return CorpusError(f"{out} cannot be written: {error.strerror or error}; choose another folder with -o")


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Report nothing."""
