"""`zaporuka demo`: invented pages of four outlets, read into a database of their own."""

from importlib.resources import as_file, files
from pathlib import Path

from flows.cli.common import DEMO_BANNER, HomeOption, command, opened, say
from flows.cli.ingest import inputs_under, show_report, take_in

DEMO_HOME = Path("demo-data")


def demo(home: HomeOption = None) -> None:
    """Read invented pages and show what came in, what was dropped and why, and the ledger with its sentences.

    Example: zaporuka demo
    """
    from flows.cli.ledger_text import say_ledger
    from flows.knowledge import load_knowledge
    from flows.settings import read_settings

    place = home or DEMO_HOME
    settings = read_settings(place).model_copy(update={"database_url": ""})
    knowledge = load_knowledge(settings)
    say(DEMO_BANNER)
    with opened(settings, must_exist=False, is_demo=True) as store:
        store.mark_demo()
        with as_file(files("flows") / "demo") as folder:
            report = take_in(inputs_under([folder / "manifest.jsonl"], None), store, settings, knowledge)
        say("\nWhat came in\n")
        show_report(report)
        say("\nThe ledger, with the sentence behind each line")
        say_ledger(store)
    say(f"\n{DEMO_BANNER}\n\nNext:")
    options = ("--home", str(place))
    say(f"  {command('ledger', *options)}")
    say(f"  {command('ledger', 'ireland', '--why', *options)}")
    say(f"  {command('search', 'гарантії безпеки', *options)}")
    say(f"  {command('status', *options)}")
