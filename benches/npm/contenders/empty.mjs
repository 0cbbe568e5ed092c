// What Node itself costs, with the program that measures.
export const open = () => ({});
