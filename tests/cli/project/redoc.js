var RedocStandalone,hydrate,init;export{RedocStandalone,hydrate,init};
