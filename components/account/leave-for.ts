/** Goes on with a whole load: everything that was read before belongs to another session. */
export function leaveFor(address: string): void {
  window.location.assign(address);
}
