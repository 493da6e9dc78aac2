/**
 * Sets as short lists of numbers whose agreement estimates how much the sets overlap (Broder 1997,
 * "On the resemblance and containment of documents").
 */
import { expectCount } from "../shared/shapes";
import { mixHash } from "./hashing";

/**
 * The smallest hash of a set under each of K hash functions, mixHash(id, seed):
 *   signature[k] = min over ids of mixHash(id, k)
 * Two sets agree in one entry with probability |A ∩ B| / |A ∪ B|, their Jaccard similarity.
 * @param ids of the set's members, whole numbers from 0 to 2³² − 1; one that comes twice counts once
 * @param K how many hash functions, seeds 0 to K − 1
 * @returns K whole numbers; of an empty set all are 2³², above every hash
 * @throws when K isn't a whole number of at least 1
 */
export function minHash(ids: number[], K: number): number[] {
  expectCount("minHash", "K", K);
  // yours
  return Array.from({ length: K }, (_, seed) => {
    let smallest = 2 ** 32;
    for (const id of ids) smallest = Math.min(smallest, mixHash(id, seed));
    return smallest;
  });
}
