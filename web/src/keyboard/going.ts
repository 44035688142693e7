/** On the way to another conversation, keys that act mean that one, not the one that is still on screen. */

/** So long nothing takes that is on its way. */
const LONGEST_MS = 1_000;

let place: string | undefined;
let waiting: (() => void)[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

/** Somebody goes there; `arrive` ends it. */
export function goTo(where: string): void {
  stopGoing();
  place = where;
  timer = setTimeout(stopGoing, LONGEST_MS);
}

/** That place is on screen: what waited for it is done, in the order of the keys. */
export function arrive(where: string): void {
  if (where !== place) return;
  const runs = waiting;
  stopGoing();
  for (const run of runs) run();
}

/** Nobody goes anywhere; what waited is not done, for it meant a place where nobody arrived. */
export function stopGoing(): void {
  clearTimeout(timer);
  place = undefined;
  waiting = [];
}

/** Whether a key has to wait. Moves go on at once, unless something before them waits. */
export function mustWait(isMove: boolean): boolean {
  return place !== undefined && (!isMove || waiting.length > 0);
}

/** Does this on arrival; never, should nobody arrive. */
export function onArrival(run: () => void): void {
  waiting.push(run);
}
