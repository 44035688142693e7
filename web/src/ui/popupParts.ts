/** What menus and panels are made of: a third of the library's weight, and of no use before one is opened. */
export { Menu } from "@base-ui/react/menu";
export { Popover } from "@base-ui/react/popover";
