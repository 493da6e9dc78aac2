/** Gray pictures as text, a byte per pixel in base64: smaller than numbers, and quick to draw. */
import { expectMatrix, expectSome } from "../figures/validate";

export interface EncodedPictures {
  width: number;
  height: number;
  gray: string[];
}

const byteOf = (value: number) => Math.round(255 * Math.min(1, Math.max(0, value)));

/**
 * @param pictures rows of values from 0, black, to 1, white; all of one size
 * @throws when there is none, or one is empty, ragged, another size than the first, or holds NaN
 */
export function encodePictures(who: string, pictures: readonly number[][][]): EncodedPictures {
  expectSome(who, "pictures", pictures);
  pictures.forEach((picture, i) => expectMatrix(who, `picture ${i}`, picture));
  const [height, width] = [pictures[0]!.length, pictures[0]![0]!.length];
  const odd = pictures.findIndex((one) => one.length !== height || one[0]!.length !== width);
  if (odd >= 0) {
    const got = `${pictures[odd]!.length} × ${pictures[odd]![0]!.length}`;
    throw new Error(`${who}: expected ${height} × ${width} pixels in picture ${odd}, got ${got}`);
  }
  const gray = pictures.map((one) => Buffer.from(one.flat().map(byteOf)).toString("base64"));
  return { width, height, gray };
}
