/** `paleo-translate`: between formats, namely ONNX files, IR text, object files and assembly. */
import { Context, DiagnosticError, verify } from '../../ir/index.ts';
import { parseModule, printOperation } from '../../ir/text/index.ts';
import { importers } from '../../lowering/onnx/importers.ts';
import { importOnnx } from '../../lowering/onnx/import.ts';
import { readOnnx } from '../../lowering/onnx/read.ts';
import { disassemble, mlu100, ObjectFileError, readObjectFile } from '../../target-mlu/index.ts';
import { readInput, writeOutput } from '../cli/files.ts';
import { UsageError } from '../cli/options.ts';
import { exitCode, tool } from '../cli/tool.ts';
import { externalReader } from '../files/data-set.ts';
import { dynamicForm } from '../irdl/dynamic-form.ts';
import { dialectsToIrdl } from '../irdl/export.ts';
import { chosenDialects } from '../irdl/own-dialects.ts';
import { allDialects } from '../lists.ts';
import { pdlToRules, rulesToPdl } from './rules.ts';
import { compileLevels } from '../run/compile-levels.ts';

const options = {
  'import-onnx': { kind: 'flag', doc: 'an ONNX file becomes IR of the graph level' },
  'mlir-to-object': { kind: 'flag', doc: 'IR of any level becomes an object file' },
  dis: { kind: 'flag', doc: 'an object file becomes assembly' },
  'onnx-support': { kind: 'flag', doc: 'list the ONNX operators that can be imported' },
  'dialects-to-irdl': { kind: 'flag', doc: 'our operations become an IRDL module, for mlir-opt --irdl-file' },
  'mlir-to-dynamic': { kind: 'flag', doc: 'IR becomes the generic form that mlir-opt reads with that IRDL module' },
  'rules-to-pdl': { kind: 'flag', doc: "rules become a module of upstream's pattern dialect, PDL" },
  'pdl-to-rules': { kind: 'flag', doc: 'PDL in generic form becomes rules' },
  dialects: { kind: 'value', metavar: 'LIST', doc: 'the dialects to take to IRDL; graph,tensorop,mlu unless given' },
  output: { kind: 'value', short: 'o', metavar: 'FILE', doc: 'write the result to FILE, whole or not at all' },
  cores: { kind: 'value', metavar: 'N', doc: 'cores of the program; 1 unless given' },
  batch: { kind: 'value', metavar: 'N', doc: 'what an open first extent of an ONNX input is; 1 unless given' },
  'mlir-print-debuginfo': { kind: 'flag', doc: 'print locations: the node that every operation comes from' },
} as const;

/** A whole number of at least 1; throws a `UsageError`. */
export function wholeNumber(name: string, text: string | undefined, byDefault: number): number {
  if (text === undefined) return byDefault;
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new UsageError(`option '--${name}' is '${text}', expected a whole number from 1 up`);
  return Number(text);
}

/** A number of cores that pipelines can share work between. */
export function coreCount(text: string | undefined): number {
  const cores = wholeNumber('cores', text, 1);
  if (cores > mlu100.cores || !Number.isInteger(Math.log2(cores)))
    throw new UsageError(`option '--cores' is ${cores}, expected 1, 2, 4, 8, 16 or ${mlu100.cores}`);
  return cores;
}

const modes = [
  'import-onnx',
  'mlir-to-object',
  'dis',
  'onnx-support',
  'dialects-to-irdl',
  'mlir-to-dynamic',
  'rules-to-pdl',
  'pdl-to-rules',
] as const satisfies readonly (keyof typeof options)[];

/** The command. */
export const paleoTranslate = tool({
  name: 'paleo-translate',
  summary: 'translates between formats',
  usage: [
    'paleo-translate --import-onnx MODEL.onnx [-o FILE.mlir]',
    'paleo-translate --mlir-to-object FILE.mlir -o FILE.o [--cores=N]',
    'paleo-translate --dis FILE.o [-o FILE.s]',
    'paleo-translate --dialects-to-irdl [--dialects=LIST] [-o FILE.irdl.mlir]',
    'paleo-translate --mlir-to-dynamic FILE.mlir [-o FILE.mlir]',
    'paleo-translate --rules-to-pdl FILE.rules [-o FILE.mlir]',
    'paleo-translate --pdl-to-rules FILE.mlir [-o FILE.rules]',
  ],
  options,
  run({ options: given, files }, streams, sources) {
    const chosen = modes.filter((mode) => given[mode]);
    if (chosen.length !== 1)
      throw new UsageError(
        `needs exactly one of ${modes.map((mode) => `--${mode}`).join(', ')}, found ${chosen.length}`,
      );
    if (given['onnx-support']) {
      streams.out(`${[...importers.keys()].sort().join('\n')}\n`);
      return exitCode.done;
    }
    if (given['dialects-to-irdl']) {
      if (files.length > 0) throw new UsageError(`takes no input with --dialects-to-irdl, found '${files[0]}'`);
      writeOutput(given.output, dialectsToIrdl(chosenDialects(given.dialects)), streams);
      return exitCode.done;
    }
    const cores = coreCount(given.cores);
    const batch = wholeNumber('batch', given.batch, 1);
    const { name, bytes } = readInput(files, sources);
    const context = new Context(allDialects);
    if (given['import-onnx']) {
      const model = readOnnx(
        bytes,
        name.startsWith('<') ? { fileName: name } : { fileName: name, readExternal: externalReader(name) },
      );
      const module = importOnnx(model, context, { batch });
      writeOutput(given.output, `${printOperation(module, { debugInfo: given['mlir-print-debuginfo'] })}\n`, streams);
    } else if (given['mlir-to-object']) {
      const module = parseModule(bytes, context, { fileName: name });
      const errors = verify(module);
      if (errors.length > 0) throw new DiagnosticError(errors);
      writeOutput(given.output, compileLevels(module, mlu100, { cores }).object, streams);
    } else if (given['mlir-to-dynamic']) {
      const module = dynamicForm(parseModule(bytes, context, { fileName: name }), chosenDialects(given.dialects));
      writeOutput(
        given.output,
        `${printOperation(module, { generic: true, debugInfo: given['mlir-print-debuginfo'] })}\n`,
        streams,
      );
    } else if (given['rules-to-pdl']) {
      writeOutput(given.output, rulesToPdl(bytes, name), streams);
    } else if (given['pdl-to-rules']) {
      writeOutput(given.output, pdlToRules(bytes, name), streams);
    } else {
      writeOutput(given.output, disassemble(objectOf(bytes, name)), streams);
    }
    return exitCode.done;
  },
});

/** The program of an object file; what is wrong with it becomes a diagnostic. */
export function objectOf(bytes: Uint8Array, name: string): ReturnType<typeof readObjectFile> {
  try {
    return readObjectFile(bytes);
  } catch (error) {
    if (!(error instanceof ObjectFileError)) throw error;
    throw new DiagnosticError([
      { severity: 'error', location: { kind: 'name', name }, message: error.message, notes: [] },
    ]);
  }
}
