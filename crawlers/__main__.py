"""`python -m crawlers [--leash] PLAN.jsonl OUT/`: carry out a plan. Exit 0: done; 1: stopped early; 2: asked wrongly.

With `--leash` it stops, cleanly, when its standard input ends, as it does when whoever started it dies: a spider that
nobody waits for must not go on asking beside the next one.
"""

import sys
from pathlib import Path

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from crawlers.leash import take_leash
from crawlers.plan import BadPlanError, OutcomeFile, Plan
from crawlers.spider import PlanSpider
from crawlers.warc_middleware import Archives

USAGE = "usage: python -m crawlers [--leash] PLAN.jsonl OUT/"
LEASH = "--leash"
DONE, FAILED, ASKED_WRONGLY = 0, 1, 2


def main(arguments: list[str]) -> int:
    """Carry out the plan named by the arguments; returns the exit code."""
    if arguments[:1] == [LEASH]:
        arguments = arguments[1:]
        take_leash()
    if len(arguments) != 2:  # noqa: PLR2004  the plan and the folder
        return _say(USAGE, ASKED_WRONGLY)
    plan_file, folder = map(Path, arguments)
    try:
        plan = Plan(plan_file)
    except BadPlanError as error:
        return _say(str(error), ASKED_WRONGLY)
    try:
        with OutcomeFile(folder / f"{plan.limits.run}.outcomes.jsonl") as outcomes:
            done, failure = _crawl(plan, Archives(folder, plan.limits), outcomes)
    except OSError as error:
        return _say(f"{error.filename or folder}: {error.strerror or error}", FAILED)
    if failure is not None:
        return _say(f"{failure}; {done} of {plan.total} requests carried out", FAILED)
    return DONE


def _crawl(plan: Plan, archives: Archives, outcomes: OutcomeFile) -> tuple[int, str | None]:
    """Run the spider; returns how many outcomes it wrote and why it stopped early, or None."""
    settings = Settings()
    settings.setmodule("crawlers.settings", priority="project")
    settings.setdict(
        {
            "USER_AGENT": plan.limits.user_agent,
            "ENDPOINTS": plan.limits.endpoints,
            "CA_FILE": plan.limits.ca_file,
        },
        priority="cmdline",
    )
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(PlanSpider)
    crawl = process.crawl(crawler, plan=plan, archives=archives, outcomes=outcomes)
    process.start()
    spider = crawler.spider
    if not isinstance(spider, PlanSpider):
        return 0, f"the spider did not start: {crawl.exception() if crawl.done() else 'stopped'}"
    if spider.failure is None and spider.done < plan.total:
        return spider.done, "stopped"
    return spider.done, spider.failure


def _say(message: str, code: int) -> int:
    print(message, file=sys.stderr)  # noqa: T201  what a command says to its caller
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
