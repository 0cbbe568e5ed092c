/** The path of the program, to be spawned by your tests. Importing fails where there is no binary for the platform. */
export declare const binary: string;
