"""Prints who may do what at which address: `python -m tests.print_url_table`. What it prints is what the walk holds."""

from tests.url_expectations import ACTORS, EXPECTED


def main() -> None:
    width = max(map(len, EXPECTED))
    print(f"{'address':<{width}}  method  " + "  ".join(f"{actor:<9}" for actor in ACTORS))
    for name, methods in EXPECTED.items():
        for method, cells in methods.items():
            print(f"{name:<{width}}  {method:<6}  " + "  ".join(f"{cell:<9}" for cell in cells))
    cells = sum(len(methods) * len(ACTORS) for methods in EXPECTED.values())
    print(f"{len(EXPECTED)} addresses, {len(ACTORS)} actors, {cells} answers; every other method is refused.")


if __name__ == "__main__":
    main()
