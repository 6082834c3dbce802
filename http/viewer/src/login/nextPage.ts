/** Where to go after the login: the page that `?next=` names when it is one of ours, else the worklist. */
export function nextPage(search: string): string {
  const wanted = new URLSearchParams(search).get('next') ?? '';
  const target = new URL(wanted, location.origin);
  const ours = target.origin === location.origin && /^\/(worklist|viewer|reports|admin)\//.test(target.pathname);
  return ours ? target.pathname + target.search : '/worklist/';
}
