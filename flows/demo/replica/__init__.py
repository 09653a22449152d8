"""The replica: a server of our own that plays the four outlets under their real host names, with invented articles.

It listens on 127.0.0.1 only, on ports the system chooses, as an ordinary user, and signs its certificates with a
throwaway authority. Who crawls it needs two things: the map of endpoints (host and port of the real outlet → where
the replica listens) and the authority's file. What a crawl must find is told by `Replica.truth`.
"""

from flows.demo.replica.server import Replica
from flows.demo.replica.setting import DEMO_DAY, Fault, Setting
from flows.demo.replica.truth import Known, Telling, Truth

__all__ = ["DEMO_DAY", "Fault", "Known", "Replica", "Setting", "Telling", "Truth"]
