import sys
from functools import partial

from phantoms import derived, geometry, hostile, nuclear, pictures, volumes

MAKERS = {
    "ruler": geometry.ruler,
    "angles": geometry.angles,
    "disc": geometry.disc,
    "volume": volumes.volume,
    "tilted": volumes.tilted,
    "prior-old": volumes.prior_old,
    "prior-new": volumes.prior_new,
    "ultrasound": pictures.ultrasound,
    "colours": pictures.colours,
    "inverse": pictures.inverse,
    "pet": nuclear.pet,
    "fusion": nuclear.fusion,
    "segmentation": derived.segmentation,
    "report": derived.report,
    "document": derived.document,
    "hostile": hostile.hostile,
}
LARGE = {f"ct-{slices}": partial(volumes.large, slices) for slices in (123, 300, 1000)}


def main(directory, *names):
    unknown = set(names) - MAKERS.keys() - LARGE.keys()
    if unknown:
        sys.exit(f"no phantom is called {', '.join(sorted(unknown))}; there are {', '.join([*MAKERS, *LARGE])}")
    for name in names or MAKERS:
        (MAKERS | LARGE)[name]().write(directory)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: python3 -m phantoms DIRECTORY [NAME…]")
    main(*sys.argv[1:])
