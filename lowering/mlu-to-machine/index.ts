/** The last lowering: core programs of the hardware level become machine code. */
import { arith } from '../../dialects/arith/index.ts';
import { byteSize, coreAttribute, mlu } from '../../dialects/mlu/index.ts';
import { scf } from '../../dialects/scf/index.ts';
import {
  type AnyOp,
  type Block,
  DiagnosticError,
  errorAt,
  type MemRefType,
  type Operation,
  type OpView,
  storedBytes,
} from '../../ir/index.ts';
import {
  type ElementType,
  families,
  gpr,
  type Machine,
  type Operand,
  type Program,
  type ProgramSymbol,
  type Segment,
  type SymbolKind,
} from '../../target-mlu/index.ts';
import { corePrograms } from '../plan-memory.ts';
import { indexOf } from './address.ts';
import { CoreWriter, LocationTexts } from './core-writer.ts';
import { emitters } from './instructions.ts';

const emitByName = new Map(
  Object.entries(mlu.ops).map(([key, def]) => [
    (def as AnyOp).opName,
    {
      view: (def as AnyOp).view,
      emit: emitters[key as keyof typeof emitters] as (op: OpView, writer: CoreWriter) => void,
    },
  ]),
);

const symbolKinds: Readonly<Record<string, SymbolKind>> = {
  input: 'input',
  output: 'output',
  constant: 'constant',
  temporary: 'scratch',
};

/** Where buffers lie in GDRAM, one after the other. */
interface GdramPlan {
  readonly symbols: readonly ProgramSymbol[];
  readonly segments: readonly Segment[];
  readonly bytes: number;
}

function planGdram(module: Operation, machine: Machine): GdramPlan {
  const symbols: ProgramSymbol[] = [];
  const segments: Segment[] = [];
  let end = 0;
  for (const operation of module.region().entry?.operations ?? []) {
    const buffer = operation.as(mlu.ops.buffer);
    if (!buffer) continue;
    const type = buffer.type as MemRefType;
    const address = Math.ceil(end / machine.alignment.gdram) * machine.alignment.gdram;
    end = address + byteSize(type);
    if (end > machine.memory.gdram)
      throw new DiagnosticError([
        errorAt(
          operation.location,
          `'mlu.buffer' op '${buffer.sym_name}' ends at byte ${end} of gdram, the machine has ${machine.memory.gdram}`,
        ),
      ]);
    const shape =
      buffer.shape.length === type.shape.length
        ? buffer.shape
        : type.shape.map((extent, at) => (buffer.role === 'constant' ? extent : at === 0 ? 1 : extent));
    symbols.push({
      name: buffer.sym_name,
      kind: symbolKinds[buffer.role] as SymbolKind,
      address,
      element: type.element.text as ElementType,
      shape,
      physical: type.shape,
    });
    if (buffer.value)
      segments.push({ address, bytes: wholeBytes(buffer.value.bytes, byteSize(type), storedBytes(type.element)) });
  }
  return { symbols, segments, bytes: end };
}

/** The bytes of all elements; a splat is repeated. */
function wholeBytes(stored: Uint8Array, total: number, size: number): Uint8Array {
  if (stored.length === total) return stored;
  const bytes = new Uint8Array(total);
  for (let at = 0; at < total; at += size) bytes.set(stored, at);
  return bytes;
}

function writeBlock(block: Block, writer: CoreWriter): void {
  for (const operation of block.operations) {
    writer.follow(operation);
    const known = emitByName.get(operation.name);
    if (known) known.emit(known.view(operation), writer);
    else if (operation.is(scf.ops.for)) writeLoop(operation, writer);
    else if (operation.dialectName !== arith.name && !operation.hasTrait('terminator'))
      throw new DiagnosticError([
        errorAt(operation.location, `'${operation.name}' op has no machine form; lower it to the mlu dialect before`),
      ]);
  }
}

/** A counted loop: the counter in a register, tested at the end, and before where it may not run at all. */
function writeLoop(operation: Operation, writer: CoreWriter): void {
  const [lower, upper, step] = operation.operands.map(indexOf);
  const block = operation.region().entry;
  if (!lower || !upper || !step || !block || operation.operandCount !== 3)
    throw new DiagnosticError([
      errorAt(operation.location, `'${operation.name}' op carries values, which machine loops cannot`),
    ]);
  const { move, add } = families.scalar;
  const { lt } = families.scalarComparison;
  const [begin, end, by] = [lower, upper, step].map((sum) => writer.hold(writer.operand(sum))) as [
    Operand,
    Operand,
    Operand,
  ];
  // Sums from before the loop would have to outlive its last round; they are made again inside.
  writer.forgetSums();
  const counter = writer.counter(block.argument(0));
  if (typeof begin === 'number') writer.emit(move, { dst: counter, value: begin });
  else writer.emit(add, { dst: counter, a: begin, b: 0 });
  const [top, out] = [writer.section.label(), writer.section.label()];
  if (typeof begin !== 'number' || typeof end !== 'number' || begin >= end) {
    writer.emit(lt, { dst: 0, a: gpr(counter), b: end });
    writer.emit(families.control.jumpUnless, { condition: 0, target: out });
  }
  writer.section.place(top);
  writeBlock(block, writer);
  writer.follow(operation);
  writer.emit(add, { dst: counter, a: gpr(counter), b: by });
  writer.emit(lt, { dst: 0, a: gpr(counter), b: end });
  writer.emit(families.control.jumpIf, { condition: 0, target: top });
  writer.section.place(out);
  writer.release(block.argument(0));
  for (const bound of [begin, end, by]) writer.letGo(bound);
}

/**
 * The machine program of a module whose memory is planned and whose syncs are in place. Throws a
 * `DiagnosticError` for what has no machine form.
 */
export function compileToMachine(module: Operation, machine: Machine): Program {
  const { symbols, segments, bytes } = planGdram(module, machine);
  const addresses = new Map(symbols.map((symbol) => [symbol.name, symbol.address]));
  const locations = new LocationTexts();
  const sections = corePrograms(module).map((func) => {
    const writer = new CoreWriter(locations, (symbol) => addresses.get(symbol) ?? Number.NaN);
    const { entry } = func.region();
    if (entry) writeBlock(entry, writer);
    writer.emit(families.control.halt, {});
    const core = func.attribute(coreAttribute);
    return writer.section.finish([core?.kind === 'integer' ? Number(core.value) : 0]);
  });
  return { machine: machine.name, gdramBytes: bytes, segments, symbols, locations: locations.texts, sections };
}
