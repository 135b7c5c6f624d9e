/**
 * Affine maps and integer sets. The core carries them by their canonical text; the text layer
 * brings what it reads into that form.
 */
import { type AttributeBase, internAttribute } from './attribute.ts';

/** `affine_map<(dims)[symbols] -> (results)>`. */
export interface AffineMapAttribute extends AttributeBase<'affine-map'> {
  readonly body: string;
}
/** `affine_set<(dims)[symbols] : (constraints)>`. */
export interface IntegerSetAttribute extends AttributeBase<'integer-set'> {
  readonly body: string;
}

/** An affine map from the text between the angle brackets. */
export const affineMapAttribute = (body: string): AffineMapAttribute =>
  internAttribute<AffineMapAttribute>('affine-map', `affine_map<${body}>`, () => ({ kind: 'affine-map', body }));

/** An integer set from the text between the angle brackets. */
export const integerSetAttribute = (body: string): IntegerSetAttribute =>
  internAttribute<IntegerSetAttribute>('integer-set', `affine_set<${body}>`, () => ({ kind: 'integer-set', body }));
