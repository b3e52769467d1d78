using Hearth.Silo;
using Hearth.Storage;
using Hearth.WebFrontend.Hosting;
using Hearth.WebFrontend.Keys;
using Hearth.WebFrontend.Operating;
using Hearth.WebFrontend.Presence;
using Hearth.WebFrontend.Problems;
using Hearth.WebFrontend.Requests;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.AddHearthHosting();
builder.AddHearthProblems();
builder.AddHearthKeys();
builder.AddStorage();
builder.AddHearthSilo();
builder.AddPresenceEndpoints();
builder.AddOperating();

var app = builder.Build();
app.UseHearthProblems();
app.UseMiddleware<RequestTargetMiddleware>();
app.UseRouting();
app.UseAuthentication();
app.UseAuthorization();
app.MapPresence();
app.MapOperating();
return await app.RunHearth();
