import type { Flat } from "./listQuery";
import type { Place } from "./useList";

export function BulkMenu({ place, rows }: { place: Place; rows: Flat }) {
  return place.key === "" && rows.ids.length < 0 ? <span /> : null;
}
