/** The reference manual of an instruction set, written from its declarations. */
import type { Field } from './field.ts';
import type { Instruction } from './instruction.ts';

function legal(field: Field): string {
  switch (field.kind) {
    case 'operand': {
      const parts: string[] = [field.space === undefined ? 'number' : `${field.space} address, ${field.direction}`];
      if (field.space === undefined && field.minimum > 0) parts.push(`at least ${field.minimum}`);
      if (field.multiple > 1) parts.push(`a multiple of ${field.multiple}`);
      return parts.join(', ');
    }
    case 'choice':
      return field.values.map((value) => `\`${value}\``).join(', ');
    case 'wide':
      return '48-bit constant';
    default:
      return field.kind;
  }
}

/** The manual entry of one instruction, as Markdown. */
export function manualEntry(row: Instruction): string {
  const lines = [`### \`${row.mnemonic}\``, '', `${row.summary[0]?.toUpperCase()}${row.summary.slice(1)}.`, ''];
  lines.push('```', row.syntax === '' ? row.mnemonic : `${row.mnemonic} ${row.syntax.replaceAll('$', '')}`, '```', '');
  lines.push(`Opcode 0x${row.opcode.toString(16).padStart(3, '0')}, ${row.pipe} pipe.`, '');
  const fields = Object.entries(row.fields);
  if (fields.length > 0) {
    lines.push('| field | legal values | meaning |', '| --- | --- | --- |');
    for (const [name, field] of fields)
      lines.push(`| ${name} | ${legal(field)} | ${field.doc.replaceAll('|', '\\|')} |`);
    lines.push('');
  }
  return lines.join('\n');
}

const title = (family: string): string =>
  family.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace(/^./, (letter) => letter.toUpperCase());

/** The manual of a set of instruction families, as Markdown. */
export function manual(families: Readonly<Record<string, Readonly<Record<string, Instruction>>>>): string {
  const sections = Object.entries(families).map(
    ([family, rows]) => `## ${title(family)}\n\n${Object.values(rows).map(manualEntry).join('\n')}`,
  );
  return `# Instruction set\n\n${sections.join('\n')}`;
}
