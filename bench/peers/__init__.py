"""The servers that the benchmarks compare, Noctis among them."""
from peers.noctis import Noctis
from peers.orthanc import OrthancPostgres, OrthancSqlite
from peers.receiver import Unavailable
from peers.storescp import Storescp

ALL = {receiver.name.replace(" ", "-"): receiver for receiver in (Noctis, Storescp, OrthancSqlite, OrthancPostgres)}
__all__ = ["ALL", "Noctis", "OrthancPostgres", "OrthancSqlite", "Storescp", "Unavailable"]
