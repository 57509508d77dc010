/** An electricity source, in its colour and in words. */
export function Source({ name }: { name: string }) {
  return <span className={`source ${name}`}>{name.replace(/([A-Z])/g, ' $1').toLowerCase()}</span>;
}
