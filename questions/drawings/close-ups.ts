// Parts of the body drawn from near, as paths for a page to draw. `parts` are what a page can mark, by name; `bones` and
// `lines` help to find one's way. What stands later lies on top.

interface CloseUp {
  title: string;
  viewBox: string;
  /** The outline of the skin, closed. */
  skin: string;
  bones: string[];
  parts: Record<string, string>;
  /** Parts that are a line, as a nerve is. */
  strands?: string[];
  lines: string[];
}

const mirrored = (d: string, middle: number) =>
  d.replace(/(-?[\d.]+) (-?[\d.]+)/g, (_, x: string, y: string) => `${2 * middle - Number(x)} ${y}`);
const both = (d: string, middle: number) => `${d}${mirrored(d, middle)}`;

const thigh: CloseUp = {
  title: 'The left hip and thigh from behind',
  viewBox: '40 0 212 468',
  skin: 'M104 2C101 9.7 92.7 32.3 86 48C79.3 63.7 69.7 79.7 64 96C58.3 112.3 53.7 128.7 52 146C50.3 163.3 52 182.7 54 200C56 217.3 60.2 233.3 64 250C67.8 266.7 72.5 283.3 77 300C81.5 316.7 87.5 335.3 91 350C94.5 364.7 97.2 375.7 98 388C98.8 400.3 95.5 411 96 424C96.5 437 100.2 459 101 466L204 466C204.5 459 207.3 437.7 207 424C206.7 410.3 202 397.3 202 384C202 370.7 204.3 358.7 207 344C209.7 329.3 214.8 312.7 218 296C221.2 279.3 224 261 226 244C228 227 229.3 202.3 230 194C231.3 187.7 236.3 169.7 238 156C239.7 142.3 239.8 128 240 112C240.2 96 239.3 78.3 239 60C238.7 41.7 238.2 11.7 238 2Z',
  bones: [
    'M116 36C146 8 204 10 236 30',
    'M116 36C100 56 98 84 110 106',
    'M97 126a19 19 0 1 0 38 0a19 19 0 1 0 -38 0',
    'M106 143C98 152 92 152 86 142C76 146 74 162 80 176C92 236 108 316 122 380M122 150C120 166 112 176 108 186C116 250 130 318 148 378',
    'M122 380C108 392 108 412 124 416C134 410 142 410 150 416C166 412 168 392 148 378M112 428C130 422 156 422 172 428M120 430C124 444 127 456 127 466M164 430C160 444 157 456 157 466',
  ],
  parts: {
    hamstrings:
      'M204 206C218 240 224 288 214 332C208 366 200 398 193 430C197 396 200 366 200 334C200 292 204 246 200 208ZM182 206C160 234 134 292 120 342C112 374 107 400 102 426C114 412 126 390 135 362C148 322 178 260 191 210ZM190 208C176 250 168 298 172 338C176 376 184 404 190 432C195 404 198 374 198 338C199 296 202 250 201 210Z',
    'sit bone':
      'M156 134C160 152 170 163 184 168C198 172 208 164 207 150C206 142 203 134 202 126C188 136 170 138 156 134Z',
    tendon: 'M178 167C176 180 178 194 180 208L204 210C206 196 210 180 208 160C200 172 188 174 178 167Z',
  },
  lines: [
    'M180 222C162 252 142 304 130 346M187 224C172 258 150 312 138 350M186 250C180 290 180 320 183 352M194 250C190 290 190 322 191 356M210 244C214 280 212 310 207 340',
    'M230 194C206 212 158 220 108 208',
  ],
};

const lowerLeg: CloseUp = {
  title: 'The lower leg and foot from the side',
  viewBox: '0 0 232 350',
  skin: 'M88 2C82 44 82 84 90 124C97 160 104 196 103 232C102 250 92 260 72 272C52 284 28 294 14 304C4 312 4 324 14 329C24 333 40 334 56 333C80 331 92 322 116 322C138 322 150 332 172 334C196 336 208 324 207 304C206 288 196 276 190 258C184 234 184 204 190 172C198 134 206 96 204 60C203 38 200 18 196 2Z',
  bones: [
    'M104 2C108 70 112 150 118 232M138 2C138 80 140 160 146 228',
    'M116 234C126 226 146 224 154 234C160 246 152 260 138 262C124 262 112 250 116 234Z',
    'M150 258C166 254 182 262 190 284C198 304 192 318 176 318C160 316 146 304 140 288C138 274 142 262 150 258Z',
    'M112 252C94 266 66 282 44 296M134 268C112 284 80 300 58 308',
    'M26 306C36 298 48 298 54 306C58 314 50 322 40 320',
  ],
  parts: {
    calf: 'M148 2C140 54 146 108 168 152C173 162 176 172 178 184L186 182C190 158 198 128 200 92C202 58 200 26 194 2Z',
    tendon:
      'M178 184C176 208 178 236 186 262C190 272 194 280 197 290C201 286 202 284 201 280C198 270 192 262 189 250C185 230 184 206 186 182Z',
    sole: 'M186 322C164 322 142 306 116 306C92 306 76 316 52 320L54 326C78 324 94 314 116 314C140 314 158 328 184 329C190 328 190 322 186 322Z',
    heel: 'M160 318a18 11 0 1 0 36 0a18 11 0 1 0 -36 0',
  },
  lines: ['M158 12C152 60 158 104 176 146M172 8C168 60 172 104 184 148M185 6C186 56 186 104 188 140'],
};

const ERECTOR = 'M114 2C100 38 98 96 108 152L118 166L118 2Z';
const BUTTOCK = 'M112 176C86 172 56 184 50 222C50 254 78 270 114 266C118 240 118 206 112 176Z';
const lowerBack: CloseUp = {
  title: 'The lower back and hips from behind',
  viewBox: '20 0 200 322',
  skin: 'M54 2C54 44 62 82 60 112C56 140 42 160 38 196C34 236 40 284 44 320L196 320C200 284 206 236 202 196C198 160 184 140 180 112C178 82 186 44 186 2Z',
  bones: [
    ...[12, 36, 60, 84, 108, 132].map((y) => `M111 ${y}h18v14h-18ZM111 ${y + 7}l-10 -3M129 ${y + 7}l10 -3`),
    both('M120 156C110 156 104 160 104 168C106 186 114 202 120 212', 120),
    both('M104 164C88 134 62 138 58 164C60 186 76 196 90 206', 120),
  ],
  parts: {
    'back muscles': both(ERECTOR, 120),
    buttocks: both(BUTTOCK, 120),
    'lower back': 'M92 100C106 94 134 94 148 100C152 114 151 130 146 142C134 149 106 149 94 142C89 130 88 114 92 100Z',
    nerve: 'M112 154C104 168 92 186 88 208C84 232 86 260 84 320',
  },
  strands: ['nerve'],
  lines: ['M120 222V268', both('M48 270C68 286 98 286 116 274', 120)],
};

const TRAPEZIUS =
  'M140 98C132 104 128 118 112 132C94 146 66 150 46 160C74 164 104 176 122 206C130 222 136 240 140 262Z';
const neck: CloseUp = {
  title: 'The head, neck and shoulders from behind',
  viewBox: '8 0 264 268',
  skin: 'M140 4C112 4 98 28 100 58C102 78 110 90 114 100C116 116 110 126 96 134C70 146 40 148 28 174C20 198 18 236 16 266L264 266C262 236 260 198 252 174C240 148 210 146 184 134C170 126 164 116 166 100C170 90 178 78 180 58C182 28 168 4 140 4Z',
  bones: [
    both('M132 182C116 174 92 174 80 182C84 208 100 236 116 250C126 232 132 206 132 182Z', 140),
    ...[116, 134, 152, 170, 188, 206, 224, 242].map((y) => `M134 ${y}h12`),
  ],
  parts: {
    'shoulder muscles': both(TRAPEZIUS, 140),
    neck: 'M124 92C134 98 146 98 156 92C156 110 160 124 168 134C150 142 130 142 112 134C120 124 124 110 124 92Z',
    shoulders: both('M96 140C80 148 62 152 48 158C56 166 76 168 98 170C108 166 114 152 112 138Z', 140),
    'shoulder joint': 'M224 156C244 154 257 166 258 184C258 200 246 208 236 202C226 194 222 174 224 156Z',
    'back of the head':
      'M104 56C116 64 164 64 176 56C176 76 168 88 160 94C148 100 132 100 120 94C112 88 104 76 104 56Z',
  },
  lines: [both('M134 128C122 146 100 156 76 160M136 150C124 164 110 170 96 172M137 176C132 186 128 192 124 198', 140)],
};

const knee: CloseUp = {
  title: 'The right knee from the front',
  viewBox: '26 0 156 280',
  skin: 'M40 2C43 60 52 106 60 142C63 160 58 176 60 198C64 240 70 280 76 320L136 320C144 280 150 240 150 204C150 180 142 164 145 146C152 106 164 60 168 2Z',
  bones: [
    'M104 126C118 126 124 136 122 147C119 160 111 167 104 169C97 167 89 160 86 147C84 136 90 126 104 126Z',
    'M90 2C90 60 86 106 74 134C68 152 78 166 92 166C98 166 100 162 104 162C108 162 110 166 116 166C130 166 140 152 134 134C122 106 118 60 118 2',
    'M76 178C92 172 116 172 132 178C132 196 120 208 118 320M76 178C78 196 90 208 92 320M80 190C72 196 72 206 78 212C82 250 84 290 86 320',
  ],
  parts: {
    'front of the thigh': 'M66 2C62 50 70 96 90 122L104 130L118 122C138 100 146 50 144 2Z',
    'outer band': 'M46 2C50 60 58 108 66 144C68 160 72 174 78 188L85 184C79 170 75 156 73 142C67 108 60 60 58 2Z',
    kneecap: 'M104 126C118 126 124 136 122 147C119 160 111 167 104 169C97 167 89 160 86 147C84 136 90 126 104 126Z',
    'outer side': 'M60 150a11 17 0 1 0 22 0a11 17 0 1 0 -22 0',
  },
  lines: ['M78 8C76 50 84 92 98 120M104 8V122M130 8C132 50 124 92 110 120'],
};

const head: CloseUp = {
  title: 'The head and neck from the side',
  viewBox: '14 0 200 252',
  skin: 'M92 250C92 232 92 218 90 206C78 210 64 208 56 200C50 194 52 188 50 182C44 180 42 176 46 172C42 170 42 166 45 163C44 158 40 156 30 152C22 148 24 142 30 136C38 126 42 116 41 104C40 94 40 84 44 70C54 32 84 10 122 10C170 10 200 48 200 96C200 128 186 150 178 170C172 190 176 222 184 250Z',
  bones: [
    'M56 106C58 96 72 94 80 100C86 108 84 120 74 124C64 126 56 118 56 106Z',
    'M74 128C90 124 106 126 124 128M78 136C92 132 108 132 122 134',
    'M126 128C132 136 130 146 126 156C122 168 118 178 108 184C92 192 76 200 58 196M122 136C118 148 116 158 112 166C100 176 82 184 62 184',
    'M168 150C158 156 146 156 138 150',
  ],
  parts: {
    scalp:
      'M66 36C84 18 104 12 122 12C168 12 198 48 198 94C192 100 186 104 178 106C176 74 146 46 108 48C92 49 78 46 66 36Z',
    forehead: 'M44 74C48 58 56 46 66 36C76 46 84 48 92 49C80 56 70 70 70 84C62 82 52 80 44 84Z',
    temple: 'M98 122C82 112 68 94 76 76C86 56 116 50 136 62C152 72 154 94 146 108C134 112 124 114 116 122Z',
    'jaw muscle':
      'M92 130C102 127 112 127 119 130C125 148 124 164 116 180C108 185 100 187 93 185C91 166 88 148 92 130Z',
    'jaw joint': 'M115 130a10 10 0 1 0 20 0a10 10 0 1 0 -20 0',
    'back of the head': 'M198 104C194 132 182 152 174 168C162 162 152 152 150 138C160 126 180 112 198 104Z',
    neck: 'M148 146C156 162 166 170 175 174C171 198 175 226 182 250L148 250C146 216 148 180 148 146Z',
    'front of the neck': 'M90 206C100 204 110 198 118 186C126 202 129 226 129 250L92 250C92 232 92 218 90 206Z',
  },
  lines: [
    'M82 84L102 118M94 68L106 116M112 60L110 116M130 64L114 118M144 82L118 120',
    'M98 136L98 180M106 134L107 180M113 134L114 176',
    'M132 116C126 108 132 96 142 98C152 100 152 114 146 124C142 132 136 138 132 134C129 128 136 122 132 116Z',
  ],
};

const arm: CloseUp = {
  title: 'The left arm from behind',
  viewBox: '22 0 104 304',
  skin: 'M46 2C40 40 40 80 44 108C36 130 34 152 38 176C44 208 52 236 55 262C52 276 50 290 50 304L92 304C92 290 90 276 88 262C96 232 106 202 106 170C106 148 100 130 94 112C98 80 98 40 92 2Z',
  bones: [
    'M60 2C60 50 60 86 50 104C48 116 58 122 66 118C74 124 86 122 88 112C82 92 78 50 78 2',
    'M66 106C72 102 80 106 80 116C80 168 78 220 74 266M66 108C64 124 68 128 68 134C70 180 68 224 66 266',
    'M50 122C46 130 52 138 52 146C50 184 54 226 58 264M62 122C66 130 62 138 62 146C62 184 62 226 64 260',
  ],
  parts: {
    'upper arm': 'M50 8C46 44 46 76 52 98C64 106 76 106 86 100C92 76 92 44 88 8C76 14 62 14 50 8Z',
    'forearm muscles':
      'M48 112C38 134 38 156 42 178C48 206 56 230 60 252L74 252C76 222 76 192 72 168C68 146 58 128 54 112Z',
    'outer elbow': 'M40 110a11 13 0 1 0 22 0a11 13 0 1 0 -22 0',
  },
  lines: [
    'M60 14C58 44 58 72 62 96M70 14V98M80 14C82 44 82 72 78 96',
    'M50 124C46 150 50 196 62 246M56 128C56 156 60 200 68 246',
  ],
};

/** The parts that a page marks on a drawing from near. */
interface MarkedCloseUp {
  drawing: CloseUp;
  hurts: string[];
  worked: string[];
  spare?: string[];
}

const BACK_AND_BUTTOCKS = ['back muscles', 'buttocks'];
const NECK_AND_SHOULDERS = ['shoulder muscles', 'neck'];
const THROAT = ['front of the neck'];

/** The drawing of a page, by its slug. A page without one shows where it hurts on the whole body. */
export const closeUpsByPage: Record<string, MarkedCloseUp | undefined> = {
  'hamstring-tendinopathy': { drawing: thigh, hurts: ['tendon'], worked: ['hamstrings'], spare: ['sit bone'] },
  achilles: { drawing: lowerLeg, hurts: ['tendon'], worked: ['calf'] },
  'plantar-fasciitis': { drawing: lowerLeg, hurts: ['heel'], worked: ['calf', 'sole'] },
  'low-back-pain': { drawing: lowerBack, hurts: ['lower back'], worked: BACK_AND_BUTTOCKS },
  sciatica: { drawing: lowerBack, hurts: ['nerve'], worked: BACK_AND_BUTTOCKS },
  'neck-pain': { drawing: neck, hurts: ['neck'], worked: ['shoulder muscles'] },
  whiplash: { drawing: neck, hurts: ['neck'], worked: ['shoulder muscles'] },
  'desk-shoulder-tightness': { drawing: neck, hurts: ['shoulders'], worked: NECK_AND_SHOULDERS },
  'knots-and-pressure': { drawing: neck, hurts: ['shoulders'], worked: ['shoulder muscles'] },
  'frozen-shoulder': { drawing: neck, hurts: ['shoulder joint'], worked: ['shoulder muscles'] },
  'tension-headache': {
    drawing: head,
    hurts: ['forehead', 'temple'],
    worked: ['scalp', 'back of the head', 'neck'],
    spare: THROAT,
  },
  migraine: { drawing: head, hurts: ['temple'], worked: ['scalp', 'back of the head'], spare: THROAT },
  'jaw-pain': { drawing: head, hurts: ['jaw joint'], worked: ['jaw muscle', 'temple'], spare: THROAT },
  'tennis-elbow': { drawing: arm, hurts: ['outer elbow'], worked: ['forearm muscles', 'upper arm'] },
  'knee-osteoarthritis': { drawing: knee, hurts: ['kneecap'], worked: ['front of the thigh'] },
  'it-band-runners-knee': {
    drawing: knee,
    hurts: ['kneecap', 'outer side'],
    worked: ['front of the thigh', 'outer band'],
  },
};
