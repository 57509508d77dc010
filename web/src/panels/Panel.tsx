import { useId, type ReactNode } from 'react';

interface Props {
  title: string;
  /** What is measured, in one sentence. */
  note: string;
  wide?: boolean;
  error?: string;
  children: ReactNode;
}

export function Panel({ title, note, wide = false, error, children }: Props) {
  const heading = useId();
  return (
    <section aria-labelledby={heading} className={wide ? 'wide' : undefined}>
      <h2 id={heading}>{title}</h2>
      <p className="note">{error ? <span role="alert">{error}</span> : note}</p>
      {children}
    </section>
  );
}

export function Empty({ children }: { children: ReactNode }) {
  return <p className="empty">{children}</p>;
}
