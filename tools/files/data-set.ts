/** Test data of ONNX models: folders with `input_0.pb`, `output_0.pb`, … or the same as `.npy`. */
import { closeSync, existsSync, openSync, readFileSync, readSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import {
  DiagnosticError,
  errorAt,
  f16,
  f32,
  halfToFloat,
  nameLocation,
  roundToHalf,
  type TensorType,
  tensorType,
  unknownLocation,
} from '../../ir/index.ts';
import type { ReadExternal } from '../../lowering/onnx/external-data.ts';
import type { OnnxTensor } from '../../lowering/onnx/model.ts';
import { decodeTensor, failAt, tensorParts } from '../../lowering/onnx/tensor.ts';
import { readNpy } from './npy.ts';

/** A tensor of a file, as numbers. */
export interface FileTensor {
  readonly file: string;
  readonly type: TensorType;
  readonly data: Float32Array;
}

const fail = (message: string): never => {
  throw new DiagnosticError([errorAt(unknownLocation, message)]);
};

/** Reads a tensor of single or half precision; other numbers of a `.npy` file become singles, of a `.pb` file are refused. */
export function readTensorFile(file: string): FileTensor {
  const place = { what: `'${file}'`, location: nameLocation(file) };
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return failAt(place, 'is not a file');
  const bytes = readFileSync(file);
  if (file.endsWith('.npy')) {
    const { shape, data, dtype } = readNpy(bytes, file);
    const half = dtype === 'f2';
    return {
      file,
      type: tensorType(shape, half ? f16 : f32),
      data: Float32Array.from(data as ArrayLike<number>, half ? roundToHalf : Number),
    };
  }
  let tensor: OnnxTensor;
  try {
    tensor = decodeTensor(tensorParts(bytes), undefined, place);
  } catch (error) {
    if (error instanceof DiagnosticError) throw error;
    return failAt(place, `is not a tensor file: ${error instanceof Error ? error.message : String(error)}`);
  }
  const stored = tensor.bytes();
  if (tensor.element === f32)
    return { file, type: tensorType(tensor.shape, f32), data: new Float32Array(stored.slice().buffer) };
  if (tensor.element === f16)
    return {
      file,
      type: tensorType(tensor.shape, f16),
      data: Float32Array.from(new Uint16Array(stored.slice().buffer), halfToFloat),
    };
  return failAt(place, `has elements of ${tensor.element.text}, expected f32 or f16`);
}

/** The inputs and stored outputs of a folder, in order. */
export function readDataSet(folder: string): {
  readonly inputs: readonly FileTensor[];
  readonly outputs: readonly FileTensor[];
} {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    fail(`'${folder}' is not a folder with input_0.pb or input_0.npy`);
  const all = (prefix: string): FileTensor[] => {
    const found: FileTensor[] = [];
    for (let at = 0; ; at++) {
      const file = ['pb', 'npy']
        .map((ending) => join(folder, `${prefix}_${at}.${ending}`))
        .find((path) => existsSync(path));
      if (!file) return found;
      found.push(readTensorFile(file));
    }
  };
  const inputs = all('input');
  if (inputs.length === 0) fail(`'${folder}' has no input_0.pb and no input_0.npy`);
  return { inputs, outputs: all('output') };
}

/** Reads external data of a model, only inside the model's own folder, also by way of links. */
export function externalReader(modelFile: string): ReadExternal {
  const folder = realpathSync(dirname(modelFile));
  return (location, offset, length) => {
    const path = join(folder, location);
    if (!existsSync(path)) return fail(`external data '${location}' is not beside the model`);
    const real = realpathSync(path);
    const way = relative(folder, real);
    // Absolute when it is on another drive.
    if (way.split(sep)[0] === '..' || isAbsolute(way))
      return fail(`external data '${location}' leads outside the model's folder`);
    const stat = statSync(real);
    if (!stat.isFile()) return fail(`external data '${location}' is not a file`);
    const end = offset + length;
    if (end > stat.size) return fail(`external data '${location}' has ${stat.size} bytes, expected ${end}`);
    return readPart(real, location, offset, length);
  };
}

/** Part of a file; the weights of many tensors stand in one file, which is not read whole for each. */
function readPart(path: string, location: string, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  const file = openSync(path, 'r');
  try {
    for (let done = 0; done < length; ) {
      const count = readSync(file, bytes, done, Math.min(length - done, 2 ** 30), offset + done);
      if (count === 0) return fail(`external data '${location}' became shorter while it was read`);
      done += count;
    }
  } finally {
    closeSync(file);
  }
  return bytes;
}
