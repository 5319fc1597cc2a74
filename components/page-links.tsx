/** Leads through a long list, page by page. `label`: what the list is of, as in "Earlier rows". */
export function PageLinks(props: {
  page: number;
  pages: number;
  label: string;
  href: (to: number) => string;
  className: string;
}) {
  const { page, pages, label, href, className } = props;
  const link = 'inline-flex min-h-11 items-center';
  return (
    <nav aria-label="Pages" className={`${className} flex flex-wrap items-center justify-between gap-x-6 text-small`}>
      {page > 1 ? (
        <a href={href(page - 1)} className={link} rel="prev">
          Earlier {label}
        </a>
      ) : (
        <span />
      )}
      <span className="text-soft">
        Page {page} of {pages}
      </span>
      {page < pages ? (
        <a href={href(page + 1)} className={link} rel="next">
          Later {label}
        </a>
      ) : (
        <span />
      )}
    </nav>
  );
}
