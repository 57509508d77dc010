/// `size` of the items in their order, the same ones for the same seed; all of them when `size` is 0.
export function sampleOf(items, size, seed) {
  if (size === 0 || size >= items.length) return items;
  const random = mulberry32(seed);
  const places = items.map((_, index) => index);
  for (let index = 0; index < size; index += 1) {
    const other = index + Math.floor(random() * (places.length - index));
    [places[index], places[other]] = [places[other], places[index]];
  }
  return places.slice(0, size).sort((left, right) => left - right).map((place) => items[place]);
}

// https://en.wikipedia.org/wiki/Mulberry32: 32 bits of state are enough to choose test cases.
function mulberry32(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
