/** The mark: a budget burning down to the present moment. */
export function BrandMark() {
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" className="flex-none" aria-hidden="true">
      <path
        d="M2 14C6 14 6 4 9 4s3 6 7 6"
        fill="none"
        stroke="var(--accent)"
        strokeWidth="2"
        strokeLinecap="round"
      />
      <circle cx="15.6" cy="10" r="2" fill="var(--critical)" />
    </svg>
  );
}
