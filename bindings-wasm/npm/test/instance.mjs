// What the core's WebAssembly instance exports, its memory among it, once something has started it. To be imported
// before that.

const { Instance } = WebAssembly;

export let exports;

WebAssembly.Instance = class extends Instance {
  constructor(...words) {
    super(...words);
    exports = this.exports;
  }
};
