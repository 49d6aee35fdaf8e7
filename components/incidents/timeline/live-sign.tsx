export function LiveSign() {
  return <span />;
}
