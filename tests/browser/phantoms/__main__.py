import sys

from phantoms import geometry, volumes

MAKERS = {
    "ruler": geometry.ruler,
    "angles": geometry.angles,
    "disc": geometry.disc,
    "volume": volumes.volume,
    "tilted": volumes.tilted,
    "prior-old": volumes.prior_old,
    "prior-new": volumes.prior_new,
}
LARGE = {"three-hundred": volumes.three_hundred, "thousand": volumes.thousand}


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
