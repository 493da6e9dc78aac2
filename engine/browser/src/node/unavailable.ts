/** In place of a module of Node that a browser cannot have: using it throws. */
const refuse = (name: string) => (): never => {
  throw new Error(
    `${name} needs a computer's own programs or files, which a browser does not have`,
  );
};

module.exports = new Proxy(
  {},
  {
    get: (_, name) => (name === "__esModule" ? false : refuse(String(name))),
  },
);
