"""Plain tables and what stands in them."""
import statistics


def percentile(values, part):
    return statistics.quantiles(values, n=100, method="inclusive")[part - 1]


def render(head, rows):
    """Lines of a Markdown table whose columns stand under each other, numbers to the right."""
    cells = [[str(cell) for cell in row] for row in [head, *rows]]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    lines = ["| " + " | ".join(cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, widths)))
             + " |" for row in cells]
    lines.insert(1, "|" + "|".join("-" * (w + 1) + ("-" if i == 0 else ":") for i, w in enumerate(widths)) + "|")
    return "\n".join(lines)
