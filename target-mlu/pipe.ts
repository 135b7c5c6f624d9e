/** The units of a core that run instructions. */

/** The unit that runs an instruction; each has one in-order queue, and `control` acts at issue. */
export type Pipe = 'control' | 'alu' | 'vector' | 'tensor' | 'io' | 'move';
