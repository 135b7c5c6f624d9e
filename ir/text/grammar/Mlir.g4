/**
 * The generic form of MLIR, its builtin types, attributes and locations. LL(1) everywhere: every
 * decision is made on one token kind, so that the generated parser never predicts. What needs
 * more context is the lexer's: literals with their sign, dimension lists (SHAPE), the bodies of
 * dialect types and attributes, and texts that were read before (the SPAN kinds).
 *
 * An action that reads the text of a token stands before the token; matching moves on.
 */
parser grammar Mlir;

options {
  superClass = LeanParser;
  contextSuperClass = LeanContext;
}

tokens {
  LPAREN, RPAREN, LBRACE, RBRACE, LBRACKET, RBRACKET, LESS, GREATER, COMMA, COLON, COLON_COLON, EQUAL, ARROW, STAR,
  QUESTION, OTHER,
  BARE_ID, VALUE_ID, CARET_ID, AT_ID, ATTRIBUTE_ALIAS, TYPE_ALIAS, DIALECT_ATTRIBUTE, DIALECT_TYPE,
  INTEGER, FLOAT, STRING, SHAPE, STAR_SHAPE, METADATA,
  SIGNATURE_SPAN, DICTIONARY_SPAN, TYPE_SPAN,
  INTEGER_TYPE, FLOAT_TYPE, INDEX, NONE, COMPLEX, TUPLE, TENSOR, MEMREF, VECTOR,
  TRUE, FALSE, UNIT, DENSE, ARRAY, STRIDED, AFFINE_MAP, AFFINE_SET, VERBATIM, LOC,
  UNKNOWN, CALLSITE, FUSED, AT, TO
}

@header {
import { arrayAttribute, boolAttribute, dictionaryAttribute, typeAttribute, unitAttribute } from '../../attribute.ts';
import { functionType, tupleType } from '../../type.ts';
import { LeanContext, LeanParser } from '../lean-parser.ts';
import { wanted } from '../span-memo.ts';
}

source
  : ( operation
    | { this.aliases.attributeName(); } ATTRIBUTE_ALIAS { this.aliases.expectDefinition(); } EQUAL aliasValue
    | { this.aliases.typeName(); } TYPE_ALIAS { this.aliases.expectDefinition(); } EQUAL
      t=anyType { this.aliases.defineType($t.value); }
    | { this.metadata(); } METADATA
    )* EOF
  ;

aliasValue
  : a=plainAttribute { this.aliases.defineAttribute($a.value); }
  | LOC LPAREN l=location RPAREN { this.aliases.defineLocation($l.value); }
  ;

operation
  : { this.operations.begin(); }
    ( resultName ( COMMA resultName )* EQUAL )?
    ( { this.operations.genericName(); } STRING LPAREN ( operand ( COMMA operand )* )?
      { this.lexer.want(wanted.properties); } RPAREN
      ( LBRACKET successor ( COMMA successor )* { this.lexer.want(wanted.properties); } RBRACKET )?
      ( LESS p=dictionary GREATER { this.operations.properties($p.value); }
      | { this.operations.propertiesSpan(); } DICTIONARY_SPAN
      )?
      ( LPAREN region { this.operations.region(); } ( COMMA region { this.operations.region(); } )* RPAREN )?
      ( d=dictionary { this.operations.discardable($d.value); } )?
      { this.lexer.want(wanted.signature); } COLON signature
    | { this.operations.customName(); } BARE_ID { this.operations.custom(); }
    )
    ( LOC LPAREN trailingLocation RPAREN )?
    { this.operations.end(); }
  ;

resultName
  : { this.operations.resultName(); } VALUE_ID ( COLON { this.operations.resultCount(); } INTEGER )?
  ;

operand
  : { this.operations.operand(); } VALUE_ID
  ;

successor
  : { this.operations.successor(); } CARET_ID
  ;

signature
  : { this.operations.signatureSpan(); } SIGNATURE_SPAN
  | { this.operations.signatureBegin(); } LPAREN i=typeList RPAREN ARROW r=resultTypes
    { this.operations.signature($i.value, $r.value); }
  ;

trailingLocation
  : { this.operations.locationAlias(); } ATTRIBUTE_ALIAS
  | l=plainLocation { this.operations.location($l.value); }
  ;

region
  : { this.enter(); this.regions.begin(); } LBRACE operation* block* { this.regions.end(); this.leave(); } RBRACE
  ;

block
  : { this.regions.label(); } CARET_ID
    ( LPAREN ( blockArgument ( COMMA blockArgument )* )? RPAREN )? COLON operation*
  ;

blockArgument
  : { this.regions.argumentName(); this.lexer.wantAfter(wanted.type); } VALUE_ID COLON t=anyType
    { this.types.remember(this.lexer.remember(wanted.type), $t.value); this.regions.argument($t.value); }
    ( LOC LPAREN argumentLocation { this.regions.argumentLocation(this.locationAt); } RPAREN )?
  ;

argumentLocation
  : { this.locationAt = this.aliases.use(); } ATTRIBUTE_ALIAS
  | { const offset = this.lexer.start; } l=plainLocation { this.locationAt = { location: $l.value, offset }; }
  ;

typeList returns [value: Type[]]
  : { $value = []; } ( a=anyType { $value.push($a.value); } ( COMMA b=anyType { $value.push($b.value); } )* )?
  ;

resultTypes returns [value: Type[]]
  : LPAREN l=typeList RPAREN { $value = $l.value; }
  | t=plainType { $value = [$t.value]; }
  ;

anyType returns [value: Type]
  : t=plainType { $value = $t.value; }
  | { this.enter(); } LPAREN i=typeList RPAREN ARROW r=resultTypes
    { $value = functionType($i.value, $r.value); this.leave(); }
  ;

shape returns [value: Shape]
  : { $value = this.types.shape(); } SHAPE
  | { $value = this.types.unranked(); } STAR_SHAPE
  | { $value = this.types.scalar(); }
  ;

plainType returns [value: Type]
  : { $value = this.types.integer(); } INTEGER_TYPE
  | { $value = this.types.float(); } FLOAT_TYPE
  | { $value = this.types.index; } INDEX
  | { $value = this.types.none; } NONE
  | { $value = this.types.dialect(); } DIALECT_TYPE
  | { $value = this.aliases.type(); } TYPE_ALIAS
  | { $value = this.types.span(); } TYPE_SPAN
  | { this.enter(); } COMPLEX LESS e=anyType { $value = this.types.complex($e.value); this.leave(); } GREATER
  | { this.enter(); } TUPLE LESS l=typeList GREATER { $value = tupleType($l.value); this.leave(); }
  | { this.enter(); } TENSOR LESS s=shape e=anyType ( COMMA a=attribute )? GREATER
    { $value = this.types.tensor($s.value, $e.value, $ctx._a?.value); this.leave(); }
  | { this.enter(); } VECTOR LESS s=shape e=anyType GREATER
    { $value = this.types.vector($s.value, $e.value); this.leave(); }
  | { this.enter(); } MEMREF LESS s=shape e=anyType ( COMMA a=attribute ( COMMA b=attribute )? )? GREATER
    { $value = this.types.memref($s.value, $e.value, $ctx._a?.value, $ctx._b?.value); this.leave(); }
  ;

attribute returns [value: Attribute]
  : a=plainAttribute { $value = $a.value; }
  | { this.enter(); } LOC LPAREN l=location RPAREN { $value = this.attributes.location($l.value); this.leave(); }
  ;

plainAttribute returns [value: Attribute] locals [text: string]
  : { $text = this.attributes.literal(); } INTEGER ( COLON t=anyType )? { $value = this.attributes.integer($text, $ctx._t?.value); }
  | { $text = this.attributes.literal(); } FLOAT ( COLON t=anyType )? { $value = this.attributes.float($text, $ctx._t?.value); }
  | { $text = this.lexer.string(); } STRING ( COLON t=anyType )? { $value = this.attributes.string($text, $ctx._t?.value); }
  | TRUE { $value = boolAttribute(true); }
  | FALSE { $value = boolAttribute(false); }
  | UNIT { $value = unitAttribute; }
  | s=symbol { $value = $s.value; }
  | { this.enter(); } LBRACKET e=attributeList RBRACKET { $value = arrayAttribute($e.value); this.leave(); }
  | d=dictionary { $value = dictionaryAttribute($d.value); }
  | n=denseElements { $value = $n.value; }
  | { this.enter(); } ARRAY LESS e1=anyType { this.attributes.arrayBegin($e1.value); }
    ( COLON arrayItem ( COMMA arrayItem )* )? { $value = this.attributes.arrayEnd($e1.value); this.leave(); } GREATER
  | STRIDED LESS LBRACKET { this.attributes.stridedBegin(); } ( strideItem ( COMMA strideItem )* )? RBRACKET
    ( COMMA { this.attributes.offset(); } BARE_ID COLON strideItem )? { $value = this.attributes.stridedEnd(); } GREATER
  | { $value = this.attributes.affineMap(); } AFFINE_MAP
  | { $value = this.attributes.affineSet(); } AFFINE_SET
  | { $text = this.attributes.dialectText(); } DIALECT_ATTRIBUTE ( COLON t=anyType )?
    { $value = this.attributes.dialect($text, $ctx._t?.value); }
  | { $text = this.lexer.text(); } VERBATIM ( COLON t=anyType )? { $value = this.attributes.verbatim($text, $ctx._t?.value); }
  | { $value = this.aliases.attribute(); } ATTRIBUTE_ALIAS
  | t1=anyType { $value = typeAttribute($t1.value); }
  ;

symbol returns [value: Attribute]
  : { this.attributes.symbolBegin(); } AT_ID ( COLON_COLON { this.attributes.symbolNested(); } AT_ID )*
    { $value = this.attributes.symbolEnd(); }
  ;

attributeList returns [value: Attribute[]]
  : { $value = []; } ( a=attribute { $value.push($a.value); } ( COMMA b=attribute { $value.push($b.value); } )* )?
  ;

arrayItem
  : { this.attributes.arrayItem(); } ( INTEGER | FLOAT | TRUE | FALSE )
  ;

strideItem
  : { this.attributes.stride(); } ( INTEGER | QUESTION )
  ;

dictionary returns [value: Entry[]]
  : { this.enter(); $value = []; } LBRACE ( entry[$value] ( COMMA entry[$value] )* )?
    { this.leave(); } RBRACE
  ;

entry[into: Entry[]] locals [name: string]
  : { $name = this.attributes.key($into); }
    ( STRING | BARE_ID | INTEGER_TYPE | FLOAT_TYPE | INDEX | NONE | COMPLEX | TUPLE | TENSOR | MEMREF | VECTOR | TRUE | FALSE
    | UNIT | DENSE | ARRAY | STRIDED | LOC | UNKNOWN | CALLSITE | FUSED | AT | TO )
    ( EQUAL a=attribute )? { $into.push([$name, $ctx._a === undefined ? unitAttribute : $ctx._a.value]); }
  ;

denseElements returns [value: Attribute]
  : l=denseLiteral COLON t=anyType { $value = this.dense.end($t.value); }
  ;

denseLiteral
  : { this.enter(); this.dense.begin(); } DENSE LESS ( denseItem )? { this.dense.close(); this.leave(); } GREATER
  ;

denseItem
  : { this.dense.literal(); } ( INTEGER | FLOAT | TRUE | FALSE | STRING )
  | LPAREN { this.dense.literal(); } ( INTEGER | FLOAT ) COMMA { this.dense.imaginary(); } ( INTEGER | FLOAT ) RPAREN
  | { this.enter(); this.dense.listBegin(); } LBRACKET ( denseItem ( COMMA denseItem )* )?
    { this.dense.listEnd(); this.leave(); } RBRACKET
  ;

location returns [value: Location]
  : l=plainLocation { $value = $l.value; }
  | { $value = this.aliases.location(); } ATTRIBUTE_ALIAS
  ;

plainLocation returns [value: Location]
  : UNKNOWN { $value = this.locations.unknown; }
  | { this.locations.begin(); } STRING
    ( COLON { this.locations.number(); } INTEGER COLON { this.locations.number(); } INTEGER
      ( TO { this.locations.range(); } ( { this.locations.number(); } INTEGER )? COLON { this.locations.number(); } INTEGER )?
      { $value = this.locations.file(); }
    | LPAREN { const name = this.locations.name(); this.enter(); } c=location { $value = this.locations.named(name, $c.value); this.leave(); } RPAREN
    | { $value = this.locations.named(this.locations.name()); }
    )
  | { this.enter(); } CALLSITE LPAREN a=location AT b=location RPAREN { $value = this.locations.callSite($a.value, $b.value); this.leave(); }
  | { this.enter(); } FUSED ( LESS m=attribute GREATER )? LBRACKET { const parts = []; }
    ( p=location { parts.push($p.value); } ( COMMA q=location { parts.push($q.value); } )* )? RBRACKET
    { $value = this.locations.fused(parts, $ctx._m?.value); this.leave(); }
  | { $value = this.locations.unknown; } DIALECT_ATTRIBUTE
  ;
