"""One file an outlet; `crawlers.outlet.all_outlets` finds them by looking."""
