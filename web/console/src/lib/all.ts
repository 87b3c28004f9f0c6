// A whole list from an endpoint that answers in pages.

interface Slice<T> {
  items: T[];
  total: number;
}

const most = 100;

/** Reads page after page until everything is there. */
export async function all<T>(read: (page: { offset: number; count: number }) => Promise<Slice<T>>): Promise<T[]> {
  const found: T[] = [];
  for (;;) {
    const { items, total } = await read({ offset: found.length, count: most });
    found.push(...items);
    if (items.length === 0 || found.length >= total) return found;
  }
}
