/**
 * The order in which the other images of a stack are fetched: from where it is, three in the direction of scrolling
 * (1 or -1) for each one behind.
 */
export function prefetchOrder(count: number, at: number, direction: number): number[] {
  const order: number[] = [];
  let ahead = at + direction;
  let behind = at - direction;
  const fits = (index: number) => index >= 0 && index < count;
  while (fits(ahead) || fits(behind)) {
    for (let step = 0; step < 3 && fits(ahead); step++, ahead += direction) order.push(ahead);
    if (fits(behind)) order.push(behind);
    behind -= direction;
  }
  return order;
}
