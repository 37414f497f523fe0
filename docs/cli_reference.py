"""Writes docs/cli.md, the reference of the command, from its own parser: python docs/cli_reference.py"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from kgplan.cli.arguments import build_parser

PAGE = Path(__file__).with_name("cli.md")

INTRODUCTION = """\
# The command

Written from the program by `python docs/cli_reference.py`. `kgplan COMMAND --help` says the same on a terminal.
"""


def reference() -> str:
    """The page in Markdown: what holds for every command, then one section a command."""
    parser = build_parser()
    (commands,) = (action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    lines = [INTRODUCTION, _text(parser.epilog), "", *_options(parser)]
    for name, command in commands.choices.items():
        lines += ["", f"## kgplan {name}", "", _text(command.description), "", "```text", _usage(command), "```"]
        if command.epilog:
            lines += ["", _text(command.epilog)]
        lines += ["", *_options(command)]
    return "\n".join(lines) + "\n"


def _usage(command: argparse.ArgumentParser) -> str:
    named = [action for action in command._actions if action.option_strings and action.required]
    places = [action for action in command._actions if not action.option_strings]
    words = [*(f"{action.option_strings[0]} {_value(action)}" for action in named), *map(_place, places)]
    return " ".join([command.prog, "[OPTIONS]", *words])


def _place(action: argparse.Action) -> str:
    name = _value(action)
    return {"?": f"[{name}]", "+": f"{name} …"}.get(str(action.nargs), name)


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    yield "| argument | what it does |"
    yield "|---|---|"
    for action in sorted(parser._actions, key=lambda action: bool(action.option_strings)):
        if isinstance(action, argparse._SubParsersAction | argparse._HelpAction):
            continue
        shown = ", ".join(f"`{option}`" for option in action.option_strings) or f"`{_value(action)}`"
        if action.option_strings and action.nargs != 0:
            shown += f" `{_value(action)}`"
        chosen = f": {', '.join(f'`{choice}`' for choice in action.choices)}" if action.choices else ""
        yield f"| {shown} | {_text(action.help)}{chosen} |"


def _value(action: argparse.Action) -> str:
    return str(action.metavar or action.dest).upper()


def _text(text: str | None) -> str:
    escaped = (text or "").replace("<", "&lt;").replace("|", r"\|")
    return escaped[:1].upper() + escaped[1:]


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
