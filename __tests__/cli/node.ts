/** The Node that runs the bundle: `.ci/run` tries several. */
export const node: string = process.env.AZLB_NODE ?? process.execPath;
