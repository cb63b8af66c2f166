/** Words in another language than English come with what the device holds. */
export const welsh = {};
