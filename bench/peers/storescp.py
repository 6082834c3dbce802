"""DCMTK's storescp: receives and writes, without index and without fsync. The limit of receiving."""
from peers.receiver import Receiver


class Storescp(Receiver):
    name = "storescp"
    ae_title = "STORESCP"
    syncs = False

    def start(self):
        received = self.work / "received"
        received.mkdir()
        self.spawn("storescp", "--fork", "--aetitle", self.ae_title, "--output-directory", str(received), str(self.port))
